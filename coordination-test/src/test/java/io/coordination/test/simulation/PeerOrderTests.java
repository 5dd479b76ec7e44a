package io.coordination.test.simulation;

import static io.coordination.test.simulation.SimulatedCluster.DELAY;
import static io.coordination.test.simulation.SimulatedCluster.LEASE;
import static io.coordination.test.simulation.SimulatedCluster.MILLIS;
import static io.coordination.test.simulation.SimulatedCluster.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.lock.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In which order processes are served that wait for one resource. */
class PeerOrderTests {

    private static final Resource SEAT = Resource.of("seat", "A-12");
    private static final int PROCESSES = 8;

    /**
     * A request that has reached the voters before another one was sent goes first, unless the clock of the other is behind by
     * more than what lies between. Five rounds of eight processes that come and go, for each of the seeds.
     */
    @ParameterizedTest
    @CsvSource({"0, false", "50, true", "500, true"})
    void whoCameFirstIsServedFirstButForTheDifferenceOfClocks(int clocksMillis, boolean overtaken) {
        int served = 0;
        int outOfOrder = 0;
        long most = 0;
        for (long seed = 0; seed < 40; seed++) {
            List<Want> wants = comeAndGo(new SplittableRandom(seed), clocksMillis);
            served += wants.size();
            for (Want first : wants) {
                long reached = first.askedAt + DELAY;
                for (Want second : wants) {
                    if (reached < second.askedAt && second.settledAt() < first.settledAt()) {
                        outOfOrder++;
                        most = Math.max(most, second.askedAt - reached);
                    }
                }
            }
        }
        System.out.println("clocks within " + clocksMillis + " ms: " + served + " served, " + outOfOrder
                + " pairs out of order, overtaken by " + most / MILLIS + " ms at most");
        assertThat(served).isEqualTo(40 * 5 * PROCESSES);
        assertThat(outOfOrder > 0).as("some are overtaken where clocks differ").isEqualTo(overtaken);
        assertThat(most).as("how much later the other was sent").isLessThanOrEqualTo(clocksMillis * MILLIS);
    }

    private static List<Want> comeAndGo(SplittableRandom random, int clocksMillis) {
        SimulatedCluster cluster = new SimulatedCluster(3);
        for (int i = 1; i <= 3; i++) {
            cluster.start(SimulatedCluster.voter(i), random.nextInt(clocksMillis + 1));
        }
        for (int i = 1; i <= PROCESSES; i++) {
            cluster.start(worker(i), random.nextInt(clocksMillis + 1));
        }
        cluster.comeIn();
        List<Want> wants = new ArrayList<>();
        for (int i = 1; i <= PROCESSES; i++) {
            come(cluster, worker(i), 5, random.split(), wants);
        }
        cluster.passUntil(
                () -> wants.size() == 5 * PROCESSES && wants.stream().allMatch(Want::isServed), 30 * LEASE.toNanos());
        return wants;
    }

    /** Comes after a while, holds for a while, and comes again. */
    private static void come(
            SimulatedCluster cluster, String node, int times, SplittableRandom random, List<Want> wants) {
        if (times > 0) {
            cluster.in(random.nextLong(800 * MILLIS), () -> {
                Want want = cluster.want(node, SEAT);
                wants.add(want);
                hold(cluster, want, random.nextLong(120 * MILLIS), () -> come(cluster, node, times - 1, random, wants));
            });
        }
    }

    private static void hold(SimulatedCluster cluster, Want want, long nanos, Runnable then) {
        cluster.in(MILLIS, () -> {
            if (!want.isServed()) {
                hold(cluster, want, nanos, then);
            } else {
                cluster.in(nanos, () -> {
                    want.lease().close();
                    then.run();
                });
            }
        });
    }

    @Test
    void whoIsSilentForThreeKeepAlivesLosesItsPlaceAndComesInAgain() {
        SimulatedCluster cluster = SimulatedCluster.of(3, 3);
        Queue queue = new Queue(cluster);
        cluster.pass(LEASE.toNanos());
        assertThat(queue.holder.handOverTo(queue.next, cluster)).isEqualTo(2);

        cluster.process(worker(2)).machine.resume(0);
        cluster.pass(1_000 * MILLIS);
        assertThat(queue.silent.isServed()).isFalse();
        assertThat(queue.next.handOverTo(queue.silent, cluster)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5, 6})
    void whoIsSilentForLessKeepsItsPlace(int tenthsOfLease) {
        SimulatedCluster cluster = SimulatedCluster.of(3, 3);
        Queue queue = new Queue(cluster);
        cluster.pass(LEASE.toNanos() * tenthsOfLease / 10);
        queue.holder.lease().close();
        cluster.pass(100 * MILLIS);
        assertThat(queue.next.isServed()).as("it is the turn of another").isFalse();
        cluster.process(worker(2)).machine.resume(0);
        cluster.pass(100 * MILLIS);
        assertThat(queue.silent.isServed()).isTrue();
        assertThat(queue.silent.handOverTo(queue.next, cluster)).isEqualTo(2);
    }

    /** One holds, one that waits falls silent, and one waits behind it. */
    private static final class Queue {

        final Want holder;
        final Want silent;
        final Want next;

        Queue(SimulatedCluster cluster) {
            holder = cluster.has(worker(1), SEAT);
            silent = cluster.want(worker(2), SEAT);
            cluster.pass(MILLIS);
            next = cluster.want(worker(3), SEAT);
            cluster.pass(1_000 * MILLIS);
            cluster.process(worker(2)).machine.stop();
        }
    }
}
