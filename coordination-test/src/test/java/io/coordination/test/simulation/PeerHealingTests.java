package io.coordination.test.simulation;

import static io.coordination.test.simulation.SimulatedCluster.DELAY;
import static io.coordination.test.simulation.SimulatedCluster.LEASE;
import static io.coordination.test.simulation.SimulatedCluster.MILLIS;
import static io.coordination.test.simulation.SimulatedCluster.voter;
import static io.coordination.test.simulation.SimulatedCluster.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.lock.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** After faults of every kind have stopped, everybody is served within a time that is known beforehand. */
class PeerHealingTests {

    private static final Resource SEAT = Resource.of("seat", "A-12");
    private static final long HOLD = 50 * MILLIS;
    private static final int SEEDS = 150;

    /**
     * The dead are granted what they wait for until they were silent for a lease length; what is granted to the last of them
     * runs out 1.021 lease lengths later, and by then every voter is in. Then each has its turn; an answer that was missing is
     * asked for after four retries at the latest.
     */
    private static long bound(int processes) {
        return LEASE.toNanos() * 2_021 / 1_000 + 800 * MILLIS + processes * (HOLD + 4 * DELAY);
    }

    private final List<String> nodes = new ArrayList<>();
    private int crashes;

    @Test
    void everybodyIsServedWithinTwoLeaseLengthsAndTheTurnsOfTheOthers() {
        double most = 0;
        long longest = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            SimulatedCluster cluster = cluster(random);
            boolean[] faulty = {true};
            nodes.forEach(node -> live(cluster, node, random, faulty));
            fault(cluster, random, faulty);
            cluster.pass(4 * LEASE.toNanos() + random.nextLong(LEASE.toNanos()));
            faulty[0] = false;
            long took = healed(cluster, random, seed);
            longest = Math.max(longest, took);
            most = Math.max(most, (double) took / bound(nodes.size()));
        }
        System.out.printf(
                "healed: %d walks, %d crashes, all served within %.2f lease lengths, %.0f %% of the bound%n",
                SEEDS, crashes, (double) longest / LEASE.toNanos(), 100 * most);
        assertThat(most).as("of the bound").isLessThanOrEqualTo(1);
        assertThat(longest).as("some have waited for the dead").isGreaterThan(LEASE.toNanos());
        assertThat(crashes).isGreaterThan(3 * SEEDS);
    }

    private long healed(SimulatedCluster cluster, SplittableRandom random, long seed) {
        cluster.mend();
        for (String node : nodes) {
            if (!cluster.isRunning(node)) {
                cluster.start(node, random.nextInt(500));
            } else if (!cluster.process(node).machine.canAct()) {
                cluster.process(node).machine.resume(0);
            }
        }
        List<Want> wants = cluster.wantAll(nodes, SEAT);
        wants.forEach(want -> holdAndClose(cluster, want));
        try {
            return cluster.passUntil(() -> wants.stream().allMatch(Want::isServed), 20 * LEASE.toNanos());
        } catch (AssertionError late) {
            throw new AssertionError("seed " + seed + ": " + late.getMessage(), late);
        }
    }

    private SimulatedCluster cluster(SplittableRandom random) {
        int voters = random.nextInt(3) == 0 ? 5 : 3;
        nodes.clear();
        for (int i = 1; i <= voters; i++) {
            nodes.add(voter(i));
        }
        for (int i = 1; i <= 2 + random.nextInt(4); i++) {
            nodes.add(worker(i));
        }
        SimulatedCluster cluster = new SimulatedCluster(voters);
        nodes.forEach(node -> cluster.start(node, random.nextInt(500)));
        cluster.comeIn();
        return cluster;
    }

    /** Wants it, has it, gives it back, again and again, while there are faults. */
    private void live(SimulatedCluster cluster, String node, SplittableRandom random, boolean[] faulty) {
        if (faulty[0]) {
            if (cluster.isRunning(node) && cluster.process(node).machine.canAct()) {
                holdAndClose(
                        cluster,
                        cluster.want(
                                node,
                                SEAT,
                                SimulatedCluster.PATIENT.withWaitAtMost(Duration.ofSeconds(1 + random.nextInt(20)))));
            }
            cluster.in(random.nextLong(LEASE.toNanos()), () -> live(cluster, node, random, faulty));
        }
    }

    /** By a process that can act. */
    private static void holdAndClose(SimulatedCluster cluster, Want want) {
        cluster.in(5 * MILLIS, () -> {
            if (want.isServed()) {
                cluster.in(
                        HOLD - 5 * MILLIS,
                        () -> want.process.machine.act(() -> want.lease().close()));
            } else if (!want.isRefused()) {
                holdAndClose(cluster, want);
            }
        });
    }

    private void fault(SimulatedCluster cluster, SplittableRandom random, boolean[] faulty) {
        cluster.in(random.nextLong(LEASE.toNanos() / 3), () -> {
            if (!faulty[0]) {
                return;
            }
            String node = nodes.get(random.nextInt(nodes.size()));
            String other = nodes.get(random.nextInt(nodes.size()));
            boolean acts =
                    cluster.isRunning(node) && cluster.process(node).machine.canAct();
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    if (acts) {
                        crashes++;
                        cluster.crash(node);
                    } else if (!cluster.isRunning(node)) {
                        cluster.start(node, random.nextInt(500));
                    }
                }
                case 2 -> {
                    if (acts) {
                        cluster.process(node).machine.stop();
                    } else if (cluster.isRunning(node)) {
                        cluster.process(node).machine.resume(0);
                    }
                }
                default -> {
                    if (random.nextBoolean()) {
                        cluster.cut(node, other);
                    } else {
                        cluster.mend();
                    }
                }
            }
            fault(cluster, random, faulty);
        });
    }
}
