package io.coordination.peer;

import io.coordination.peer.Explorer.Reduction;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Explorations that are too long for a build; {@code scripts/simulate --explore} runs them. */
final class ExploreMain {

    private ExploreMain() {}

    /** @return whether nothing was found that should not be */
    static boolean run(ExecutorService threads) throws InterruptedException {
        long begun = System.nanoTime();
        List<Future<Boolean>> asShipped = new ArrayList<>();
        for (ExploreBounds bounds : ExploreSettings.large()) {
            asShipped.add(threads.submit(() -> {
                Explored seen = report("as shipped", bounds, new Rules());
                return seen.complete() && seen.violation() == null;
            }));
        }
        boolean fine = areFine(asShipped);
        System.out.printf("all of these: %,.0f s%n", (System.nanoTime() - begun) / 1e9);
        List<Future<Boolean>> weakened = new ArrayList<>();
        Stream.concat(ExploreSettings.weakened().stream(), ExploreSettings.rarer().stream())
                .forEach(one -> weakened.add(threads.submit(() -> {
                    report(one.toString(), one.bounds(), one.mutation().rules());
                    return true;
                })));
        return areFine(weakened) && fine;
    }

    private static boolean areFine(List<Future<Boolean>> all) throws InterruptedException {
        boolean fine = true;
        for (Future<Boolean> one : all) {
            try {
                fine &= one.get();
            } catch (ExecutionException failure) {
                throw new IllegalStateException(failure.getCause());
            }
        }
        return fine;
    }

    private static Explored report(String rules, ExploreBounds bounds, Rules with) {
        long begun = System.nanoTime();
        long worked = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        Explored seen = new Explorer(bounds, with, Reduction.ALL).run();
        double seconds = (System.nanoTime() - begun) / 1e9;
        double busy = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - worked) / 1e9;
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                "%s: %s%n    %s after %,d rows, %,.1f s (on a processor %,.1f s), %,d ways from one to another%n",
                rules,
                bounds.inWords(),
                seen.violation() == null ? "nothing found, nothing left," : seen.violation(),
                seen.rows(),
                seconds,
                busy,
                seen.deeds()));
        if (seen.violation() == null) {
            text.append(String.format(
                    "    %,d rows kept stand for %.2g states; %,d states of nodes; somebody holds in %,d rows;"
                            + " came to hold %,d times, after the other %,d times; lost %,d times, ended in %,d rows;"
                            + " %,d states of voters that came in again%n",
                    seen.kept(),
                    seen.states(),
                    seen.nodeStates(),
                    seen.holding(),
                    seen.grants(),
                    seen.handOvers(),
                    seen.losses(),
                    seen.ended(),
                    seen.cameIn()));
        } else {
            seen.path().forEach(step -> text.append("        ").append(step).append('\n'));
        }
        System.out.print(text);
        return seen;
    }
}
