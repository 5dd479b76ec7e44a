package io.coordination.peer;

import io.coordination.peer.PeerWalkSetting.Also;
import io.coordination.peer.WalkSearch.Found;
import io.coordination.test.simulation.PeerSimulation;
import io.coordination.test.simulation.SimulationViolation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Searches for longer than a build can; {@code scripts/simulate} runs it. */
public final class Simulate {

    private static final int BATCH = 1_000;

    private final ExecutorService threads =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    private boolean failed;

    private Simulate() {}

    public static void main(String[] arguments) throws InterruptedException {
        List<String> given = Arrays.asList(arguments);
        long seeds = number(given, "--seeds", 100_000);
        long first = number(given, "--seed", 0);
        Simulate simulate = new Simulate();
        try {
            if (given.contains("--mutations")) {
                simulate.mutations(seeds);
            } else if (given.contains("--explore")) {
                simulate.failed = !ExploreMain.run(simulate.threads);
            } else if (given.contains("--chaos")) {
                simulate.chaos(first, seeds);
            } else {
                simulate.walks(first, seeds);
            }
        } finally {
            simulate.threads.shutdownNow();
        }
        System.exit(simulate.failed ? 1 : 0);
    }

    private void walks(long first, long seeds) throws InterruptedException {
        long each = seeds / settings().size();
        for (Map.Entry<String, PeerWalkSetting> setting : settings().entrySet()) {
            Map<String, Integer> counts = new TreeMap<>();
            long begun = System.nanoTime();
            Found found = search(first, each, setting.getValue(), new Rules(), WalkSearch.HEALS_ONE_IN, counts);
            double seconds = (System.nanoTime() - begun) / 1e9;
            System.out.printf(
                    "%-24s %,d walks in %,.0f s (%,.0f a second): %s%n",
                    setting.getKey(), each, seconds, each / seconds, counts);
            if (found != null) {
                failed = true;
                System.out.println(found.inWords(setting.getValue()));
            }
        }
    }

    private void chaos(long first, long seeds) {
        Map<String, Integer> counts = new TreeMap<>();
        long begun = System.nanoTime();
        for (long seed = first; seed < first + seeds; seed++) {
            PeerSimulation simulation = new PeerSimulation(seed, seeds == 1);
            try {
                simulation.run();
            } catch (SimulationViolation violation) {
                failed = true;
                System.out.printf(
                        "seed %d: %s; its trace: scripts/simulate --chaos --seeds 1 --seed %d%n",
                        seed, violation.getMessage(), seed);
            }
            System.out.print(simulation.trace());
            simulation.counts().forEach((what, count) -> counts.merge(what, count, Integer::sum));
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf("%,d runs in %,.0f s (%,.1f a second): %s%n", seeds, seconds, seeds / seconds, counts);
    }

    /** Median of the walks until the first finding, over several disjoint ranges of seeds. */
    private void mutations(long seeds) throws InterruptedException {
        System.out.printf("| rule removed | found | walks until found, median of 5 |%n|---|---|---:|%n");
        for (Mutation mutation : Mutations.all().toList()) {
            long[] taken = new long[5];
            @Nullable String what = null;
            for (int i = 0; i < taken.length; i++) {
                long start = i * seeds;
                Found found = search(
                        start, seeds, mutation.setting(), mutation.rules(), mutation.healsOneIn(), new TreeMap<>());
                taken[i] = found == null ? Long.MAX_VALUE : found.seed() - start;
                what = found == null ? what : found.what().replaceAll("[:,].*", "");
                if (found == null && i == 0) {
                    break;
                }
            }
            Arrays.sort(taken);
            System.out.printf(
                    "| %s | %s | %s |%n",
                    mutation.rule(),
                    what == null ? "not in " + seeds + " walks" : what,
                    what == null || taken[2] == Long.MAX_VALUE ? "-" : String.format("%,d", taken[2] + 1));
        }
    }

    private @Nullable Found search(
            long first, long seeds, PeerWalkSetting setting, Rules rules, int healsOneIn, Map<String, Integer> counts)
            throws InterruptedException {
        int parallel = Runtime.getRuntime().availableProcessors();
        for (long begun = first; begun < first + seeds; begun += (long) parallel * BATCH) {
            List<Future<@Nullable Found>> batches = new ArrayList<>();
            List<Map<String, Integer>> counted = new ArrayList<>();
            for (int i = 0; i < parallel; i++) {
                long start = begun + (long) i * BATCH;
                long many = Math.min(BATCH, first + seeds - start);
                Map<String, Integer> own = new TreeMap<>();
                counted.add(own);
                batches.add(threads.submit(() -> WalkSearch.search(start, many, setting, rules, healsOneIn, own)));
            }
            Found found = null;
            for (Future<@Nullable Found> batch : batches) {
                Found one = result(batch);
                found = found == null ? one : found;
            }
            counted.forEach(own -> own.forEach((what, count) -> counts.merge(what, count, Integer::sum)));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Found result(Future<@Nullable Found> batch) throws InterruptedException {
        try {
            return batch.get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure.getCause());
        }
    }

    static Map<String, PeerWalkSetting> settings() {
        Map<String, PeerWalkSetting> settings = new LinkedHashMap<>();
        settings.put("three voters that wait", PeerWalkSetting.WAITING);
        settings.put("five voters that wait", PeerWalkSetting.WAITING.withVoters(5));
        settings.put("three voters that read", PeerWalkSetting.READING);
        settings.put("five voters that read", PeerWalkSetting.READING.withVoters(5));
        settings.put("three voters, fresh", PeerWalkSetting.FRESH);
        settings.put("voters come and go", PeerWalkSetting.READING.with(Also.ROLLOUTS));
        settings.put(
                "clocks far apart",
                PeerWalkSetting.READING
                        .with(Also.DATA_DIRECTORIES)
                        .with(Also.SNAPSHOTS)
                        .withStrayTicks(20));
        settings.put("machines set back", PeerWalkSetting.READING.with(Also.SNAPSHOTS));
        return settings;
    }

    private static long number(List<String> given, String name, long otherwise) {
        int place = given.indexOf(name);
        return place < 0 ? otherwise : Long.parseLong(given.get(place + 1).replace("_", ""));
    }
}
