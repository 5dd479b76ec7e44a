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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What acquiring, renewing, waiting and handing over cost, in messages and in message delays, where nothing fails. */
class PeerCostTests {

    private static final Resource SEAT = Resource.of("seat", "A-12");

    /** A voter talks to itself for nothing. */
    @ParameterizedTest
    @CsvSource({"3, worker-001, 3", "3, voter-1, 2", "5, worker-001, 5", "5, voter-1, 4", "1, worker-001, 1"})
    void aFreeLockCostsTwoDelaysAndAQuestionAndAnAnswerForEachVoter(int voters, String who, int others) {
        SimulatedCluster cluster = SimulatedCluster.of(voters, 1);
        Want want = cluster.has(who, SEAT);
        assertThat(want.delays()).isEqualTo(2);
        assertThat(cluster.sent()).isEqualTo(Map.of("Ask", others, "Grant", others));

        cluster.forget();
        cluster.pass(LEASE.toNanos() / 3);
        assertThat(cluster.sent()).as("a renewal").isEqualTo(Map.of("Ask", others, "Grant", others));
        cluster.forget();
        cluster.pass(10 * LEASE.toNanos());
        int renewals = cluster.messages() / (2 * others);
        assertThat(cluster.sent()).isEqualTo(Map.of("Ask", renewals * others, "Grant", renewals * others));
        assertThat(renewals).as("in ten lease lengths").isBetween(30, 34);

        cluster.forget();
        want.lease().close();
        cluster.pass(LEASE.toNanos());
        assertThat(cluster.sent()).as("a release").isEqualTo(Map.of("Free", others));
    }

    @Test
    void aGroupOfOneTalksToNobody() {
        SimulatedCluster cluster = SimulatedCluster.of(1, 0);
        Want want = cluster.has(voter(1), SEAT);
        assertThat(want.delays()).isZero();
        want.lease().close();
        cluster.pass(LEASE.toNanos());
        assertThat(cluster.messages()).isZero();
    }

    @Test
    void nothingIsSaidWhileNobodyWantsAnything() {
        SimulatedCluster cluster = SimulatedCluster.of(3, 2);
        cluster.pass(Duration.ofHours(1).toNanos());
        assertThat(cluster.messages()).as("before anything was wanted").isZero();
        for (int i = 0; i < 20; i++) {
            cluster.has(worker(1 + i % 2), Resource.of("seat", "A-" + i))
                    .lease()
                    .close();
        }
        cluster.pass(2 * DELAY);
        cluster.forget();
        cluster.pass(Duration.ofHours(1).toNanos());
        assertThat(cluster.messages()).as("while records age and are dropped").isZero();
    }

    @Test
    void threadsOfOneProcessHandOverWithoutAMessage() {
        SimulatedCluster cluster = SimulatedCluster.of(3, 1);
        Want one = cluster.has(worker(1), SEAT);
        Want two = cluster.want(worker(1), SEAT);
        cluster.pass(DELAY);
        cluster.forget();
        assertThat(one.handOverTo(two, cluster)).isZero();
        assertThat(cluster.messages()).isZero();
    }

    /** A voter that releases or waits saves a message or an answer, and one delay if it does both. */
    @ParameterizedTest
    @CsvSource({
        "worker-001, worker-002, 2, 3, 3",
        "worker-001, voter-1,    2, 3, 2",
        "voter-1,    worker-001, 2, 2, 3",
        "voter-1,    voter-2,    1, 2, 2"
    })
    void aHandOverTakesTwoDelays(String from, String to, int delays, int frees, int grants) {
        SimulatedCluster cluster = SimulatedCluster.of(3, 2);
        Want one = cluster.has(from, SEAT);
        Want two = cluster.want(to, SEAT);
        cluster.pass(1_000 * MILLIS);
        cluster.forget();
        assertThat(one.handOverTo(two, cluster)).isEqualTo(delays);
        cluster.pass(1_000 * MILLIS);
        assertThat(cluster.sent()).isEqualTo(Map.of("Free", frees, "Grant", grants));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 100})
    void aHandOverCostsTheSameHoweverManyWait(int behind) {
        SimulatedCluster cluster = SimulatedCluster.of(3, behind + 2);
        Want holder = cluster.has(worker(1), SEAT);
        List<Want> waiters = new ArrayList<>();
        for (int i = 0; i <= behind; i++) {
            cluster.pass(MILLIS);
            waiters.add(cluster.want(worker(i + 2), SEAT));
        }
        cluster.pass(1_000 * MILLIS);
        for (Want next : waiters) {
            cluster.forget();
            assertThat(holder.handOverTo(next, cluster)).isEqualTo(2);
            // All grants are there before it releases; one that comes later costs a Free of its own.
            cluster.pass(DELAY);
            holder = next;
            if (cluster.now() < waiters.get(0).askedAt + LEASE.toNanos() / 4) {
                // No keep-alives yet.
                assertThat(cluster.sent()).isEqualTo(Map.of("Free", 3, "Grant", 3));
            }
        }
    }

    /** Where tickets are drawn in the same microsecond, so are bases: the next in the queue is told, and draws a new one. */
    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100})
    void aBaseThatIsBehindCostsOneMoreRoundOfOneWaiter(int behind) {
        SimulatedCluster cluster = SimulatedCluster.of(3, behind + 2);
        Want holder = cluster.has(worker(1), SEAT);
        List<Want> waiters = new ArrayList<>();
        for (int i = 0; i <= behind; i++) {
            waiters.add(cluster.want(worker(i + 2), SEAT));
        }
        cluster.pass(1_000 * MILLIS);
        cluster.forget();
        assertThat(holder.handOverTo(waiters.get(0), cluster)).isEqualTo(2);
        cluster.pass(1_000 * MILLIS);
        assertThat(cluster.sent())
                .isEqualTo(Map.of("Free", 3, "Grant", 3, "Stale", 3, "Ask", 3, "Queued", 3, "Wanted", 3));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 100})
    void aWaiterSaysThreeTimesInALeaseLengthThatItStillWaits(int waiters) {
        SimulatedCluster cluster = SimulatedCluster.of(3, waiters + 1);
        cluster.has(worker(1), SEAT);
        cluster.forget();
        for (int i = 0; i < waiters; i++) {
            cluster.want(worker(i + 2), SEAT);
        }
        cluster.pass(150 * MILLIS);
        // The owner is told of the first one only.
        Map<String, Integer> round = Map.of("Ask", 3 * waiters, "Queued", 3 * waiters, "Wanted", 3);
        assertThat(cluster.sent()).as("a place in the queue").isEqualTo(round);
        cluster.forget();
        cluster.pass(850 * MILLIS);
        assertThat(cluster.sent()).as("once more, after 200 ms").isEqualTo(round);

        cluster.forget();
        cluster.pass(LEASE.toNanos());
        Map<String, Integer> sent = cluster.sent();
        assertThat(sent).containsEntry("Queued", 9 * waiters).containsEntry("Wanted", 9);
        assertThat(sent.get("Grant")).as("renewals of the holder").isBetween(9, 12);
        assertThat(sent).containsEntry("Ask", sent.get("Queued") + sent.get("Grant"));
        assertThat(sent).hasSize(4);
    }

    @Test
    void aWaiterThatGivesUpTellsEachVoterOnce() {
        SimulatedCluster cluster = SimulatedCluster.of(3, 2);
        cluster.has(worker(1), SEAT);
        Want impatient = cluster.want(worker(2), SEAT, SimulatedCluster.PATIENT.withWaitAtMost(Duration.ofSeconds(1)));
        cluster.pass(999 * MILLIS);
        cluster.forget();
        cluster.pass(1_000 * MILLIS);
        assertThat(impatient.isRefused()).isTrue();
        assertThat(cluster.sent()).isEqualTo(Map.of("Free", 3));
    }
}
