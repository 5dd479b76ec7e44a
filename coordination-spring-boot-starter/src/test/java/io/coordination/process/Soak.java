package io.coordination.process;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Three processes under random faults, for as long as asked. The seed decides which faults come in which order and for how
 * long; what happens between the processes is different each time. After each round all must go on, and what was said is checked.
 *
 * <p>Arguments: minutes; a seed, or "new"; properties for all instances, such as {@code --coordination.store=local} to see that
 * the checks find something.
 */
final class Soak {

    private static final List<Fault> FAULTS = List.of(Fault.values());
    private static final int LONGEST_FAULT = 5_000;

    /** Beyond this a link is given up by both ends. */
    private static final int LONGEST_OF_FEW = 15_000;

    private static final int ONE_OF = 8;
    private static final int LONGEST_CALM = 1_500;

    private final long seed;
    private final Random random;
    private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    private int rounds;

    private Soak(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    public static void main(String[] arguments) throws InterruptedException {
        Duration length = Duration.ofMinutes(arguments.length > 0 ? Long.parseLong(arguments[0]) : 10);
        boolean isGiven = arguments.length > 1 && !arguments[1].equals("new");
        long seed = isGiven ? Long.parseLong(arguments[1]) : new Random().nextInt(1_000_000);
        String[] more = Arrays.copyOfRange(arguments, Math.min(2, arguments.length), arguments.length);
        boolean passed = new Soak(seed).run(length, more);
        System.exit(passed ? 0 : 1);
    }

    private boolean run(Duration length, String... more) throws InterruptedException {
        System.out.println("processes: seed " + seed + ", for " + length.toMinutes() + " min");
        long end = System.nanoTime() + length.toNanos();
        try (Cluster cluster = new Cluster("soak-" + seed, seed, more)) {
            History history = cluster.history();
            while (System.nanoTime() < end && history.violations().isEmpty()) {
                rounds++;
                String what = round(cluster);
                System.out.println("round " + rounds + ": " + what + "; so far " + history.summary());
            }
            cluster.check();
            System.out.println(verdict(history));
            return history.violations().isEmpty();
        }
    }

    /** One to three nodes have something wrong with them; then nothing is. */
    private String round(Cluster cluster) throws InterruptedException {
        List<String> nodes = new ArrayList<>(Cluster.NODES);
        Collections.shuffle(nodes, random);
        Map<String, Fault> now = new LinkedHashMap<>();
        for (String node : nodes.subList(0, 1 + random.nextInt(nodes.size()))) {
            now.put(node, FAULTS.get(random.nextInt(FAULTS.size())));
        }
        try {
            for (var entry : now.entrySet()) {
                faults.merge(entry.getValue(), 1, Integer::sum);
                entry.getValue().begin(cluster, entry.getKey(), random);
                pass(random.nextInt(LONGEST_CALM));
            }
            pass(random.nextInt(random.nextInt(ONE_OF) == 0 ? LONGEST_OF_FEW : LONGEST_FAULT));
            for (var entry : now.entrySet()) {
                entry.getValue().end(cluster, entry.getKey());
                pass(random.nextInt(LONGEST_CALM));
            }
            Cluster.NODES.forEach(cluster::awaitReady);
            cluster.awaitLinks();
            cluster.awaitProgress(Cluster.NODES);
        } catch (ConditionTimeoutException | IllegalStateException | UncheckedIOException stuck) {
            cluster.history().violated("After " + now + " not all go on: " + stuck.getMessage());
        }
        cluster.check();
        return now.toString();
    }

    private static void pass(int millis) throws InterruptedException {
        boolean unused = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    }

    private String verdict(History history) {
        List<String> violations = history.violations();
        return "processes: seed " + seed + "; " + rounds + " rounds; " + history.summary() + "; faults " + faults
                + "; violations: "
                + (violations.isEmpty() ? "none" : violations.size() + "\n" + String.join("\n", violations));
    }
}
