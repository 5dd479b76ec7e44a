package io.coordination.test.simulation;

import static io.coordination.test.simulation.SimulatedCluster.DELAY;
import static io.coordination.test.simulation.SimulatedCluster.LEASE;
import static io.coordination.test.simulation.SimulatedCluster.MILLIS;
import static io.coordination.test.simulation.SimulatedCluster.PATIENT;
import static io.coordination.test.simulation.SimulatedCluster.voter;
import static io.coordination.test.simulation.SimulatedCluster.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.lock.LeaseLoss;
import io.coordination.lock.LeaseState;
import io.coordination.lock.LockNotAcquiredException;
import io.coordination.lock.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be acquired, and when, while voters or holders are down, and after they are back. */
class PeerAvailabilityTests {

    private static final Resource SEAT = Resource.of("seat", "A-12");

    /** For so long a voter excludes others from a lease, and stays out when it has lost its memory. */
    private static final long EXCLUSION = LEASE.toNanos() * 1_021 / 1_000;

    private static final long RETRY = 200 * MILLIS;

    @ParameterizedTest
    @CsvSource({"3, 1", "5, 1", "5, 2"})
    void whileAMinorityIsDownAFreeLockCostsNothingMore(int voters, int down) {
        SimulatedCluster cluster = SimulatedCluster.of(voters, 2);
        for (int i = 1; i <= down; i++) {
            cluster.crash(voter(i));
        }
        Want want = cluster.has(worker(1), SEAT);
        assertThat(want.delays()).isEqualTo(2);
        assertThat(cluster.sent()).isEqualTo(Map.of("Ask", voters, "Grant", voters - down));
        cluster.forget();
        cluster.pass(LEASE.toNanos() / 4);
        assertThat(cluster.messages())
                .as("whoever holds does not ask the others again")
                .isZero();
        cluster.pass(LEASE.toNanos() / 5);
        assertThat(cluster.sent()).as("a renewal").isEqualTo(Map.of("Ask", voters, "Grant", voters - down));
        Want next = cluster.want(worker(2), SEAT);
        cluster.pass(20 * LEASE.toNanos());
        assertThat(want.lease().state()).as("renewed").isEqualTo(LeaseState.HELD);
        assertThat(want.handOverTo(next, cluster)).isEqualTo(2);
    }

    /** Three voters that ask at once, one of which is down then: one vote each, and no third one to decide. */
    @Test
    void whileAMinorityIsDownASplitIsDecidedWithinFourDelaysAsWell() {
        SimulatedCluster cluster = SimulatedCluster.of(3, 0);
        cluster.crash(voter(3));
        List<Want> wants = cluster.wantAll(List.of(voter(1), voter(2)), SEAT);
        assertThat(cluster.passUntil(() -> wants.stream().anyMatch(Want::isServed), LEASE.toNanos()))
                .isLessThanOrEqualTo(4 * DELAY);
    }

    /** Who waits asks more often then, since an answer is missing: after 200, 400 and 800 ms, and each 800 ms from then on. */
    @Test
    void whileAMinorityIsDownWaitersAskMoreOften() {
        SimulatedCluster cluster = SimulatedCluster.of(3, 2);
        cluster.crash(voter(3));
        cluster.has(worker(1), SEAT);
        cluster.want(worker(2), SEAT);
        cluster.pass(LEASE.toNanos());
        cluster.forget();
        cluster.pass(4 * 800 * MILLIS);
        assertThat(cluster.sentBy(worker(2))).isEqualTo(4 * 3);
    }

    @Test
    void theLeaseOfACrashedHolderIsServedWhenItsExclusionIsOver() {
        SimulatedCluster cluster = SimulatedCluster.of(3, 2);
        cluster.has(worker(1), SEAT);
        cluster.pass(LEASE.toNanos());
        Want next = cluster.want(worker(2), SEAT);
        cluster.pass(MILLIS);
        cluster.crash(worker(1));
        long took = cluster.passUntil(next::isServed, 3 * LEASE.toNanos());
        assertThat(took).isBetween(EXCLUSION - LEASE.toNanos() * 11 / 30, EXCLUSION + 2 * DELAY);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000, 5_000, 20_000})
    void withoutAMajorityAnAttemptFailsInTimeAndSaysWhoIsSilent(long waitMillis) {
        SimulatedCluster cluster = SimulatedCluster.of(3, 1);
        cluster.crash(voter(2));
        cluster.crash(voter(3));
        Want want = cluster.want(worker(1), SEAT, PATIENT.withWaitAtMost(Duration.ofMillis(waitMillis)));
        long took = cluster.passUntil(want::isRefused, 2 * LEASE.toNanos() + waitMillis * MILLIS);
        // One that tries once waits for what the voters say, and for no longer than four retries.
        assertThat(took).isEqualTo(waitMillis == 0 ? 4 * RETRY : waitMillis * MILLIS);
        assertThat(want.refused())
                .isInstanceOfSatisfying(
                        LockNotAcquiredException.class,
                        refused -> assertThat(refused.reason())
                                .isEqualTo(LockNotAcquiredException.Reason.STORE_UNAVAILABLE))
                .hasMessageContaining("1 of 3 voters answered")
                .hasMessageContaining("2 are needed")
                .hasMessageContaining("Silent: [voter-2, voter-3]");
        cluster.pass(LEASE.toNanos() * 2);
        assertThat(cluster.process(worker(1)).locks.locks()).isEmpty();
    }

    /** So early it is not known who answers, but it is known that nobody said that it is held. */
    @ParameterizedTest
    @ValueSource(longs = {150, 500, 790})
    void aShortWaitWithoutAMajorityIsNotTakenForABusyLock(long waitMillis) {
        SimulatedCluster cluster = SimulatedCluster.of(3, 1);
        cluster.crash(voter(2));
        cluster.crash(voter(3));
        Want want = cluster.want(worker(1), SEAT, PATIENT.withWaitAtMost(Duration.ofMillis(waitMillis)));
        assertThat(cluster.passUntil(want::isRefused, LEASE.toNanos())).isEqualTo(waitMillis * MILLIS);
        assertThat(want.refused())
                .isInstanceOfSatisfying(
                        LockNotAcquiredException.class,
                        refused -> assertThat(refused.reason())
                                .isEqualTo(LockNotAcquiredException.Reason.STORE_UNAVAILABLE))
                .hasMessageContaining("did not answer");
    }

    /** Beyond a majority nobody can hold; whoever does learns of its end before another could have it. */
    @Test
    void withoutAMajorityALeaseIsLostBeforeItsTimeIsOver() {
        SimulatedCluster cluster = SimulatedCluster.of(3, 1);
        Want held = cluster.has(worker(1), SEAT);
        cluster.pass(LEASE.toNanos());
        cluster.crash(voter(1));
        cluster.crash(voter(2));
        long remaining = held.lease().remaining().toNanos();
        cluster.passUntil(() -> held.lease().state() == LeaseState.AT_RISK, remaining);
        long took = cluster.passUntil(() -> !held.losses().isEmpty(), LEASE.toNanos());
        assertThat(held.lease().state()).isEqualTo(LeaseState.LOST);
        assertThat(took).isLessThan(remaining);
        assertThat(held.losses()).singleElement().extracting(LeaseLoss::reason).isEqualTo(LeaseLoss.Reason.EXPIRED);
    }

    /** Those that could not be reached remember everything: what is lost is the time until the next retry. */
    @Test
    void whenAMajorityCanBeReachedAgainWaitersAreServedWithinFourRetries() {
        for (long outage = 1; outage <= 40; outage++) {
            SimulatedCluster cluster = SimulatedCluster.of(3, 1);
            for (int i = 2; i <= 3; i++) {
                cluster.cut(worker(1), voter(i));
                cluster.cut(voter(i), worker(1));
            }
            Want want = cluster.want(worker(1), SEAT);
            cluster.pass(outage * 777 * MILLIS);
            cluster.mend();
            assertThat(cluster.passUntil(want::isServed, LEASE.toNanos())).isLessThanOrEqualTo(4 * RETRY + 2 * DELAY);
            want.lease().close();
            cluster.pass(4 * DELAY);
            assertThat(cluster.has(worker(1), SEAT).delays()).isEqualTo(2);
        }
    }

    /**
     * Those that have crashed have to wait until all that they may have granted has run out: nobody can tell them. Then their
     * floor is their wall clock, and who has waited since before draws a new base, which takes two delays more.
     */
    @Test
    void whenAMajorityHasCrashedWaitersAreServedAfterItsQuarantine() {
        for (long outage = 1; outage <= 40; outage++) {
            SimulatedCluster cluster = SimulatedCluster.of(3, 1);
            cluster.crash(voter(2));
            cluster.crash(voter(3));
            Want want = cluster.want(worker(1), SEAT);
            cluster.pass(outage * 777 * MILLIS);
            cluster.start(voter(2), 0);
            cluster.start(voter(3), 0);
            assertThat(cluster.passUntil(want::isServed, 3 * LEASE.toNanos()))
                    .isBetween(EXCLUSION, EXCLUSION + 4 * RETRY + 4 * DELAY);
            want.lease().close();
            cluster.pass(4 * DELAY);
            assertThat(cluster.has(worker(1), SEAT).delays()).isEqualTo(2);
        }
    }

    /** A voter that was restarted reads what the others know, which takes two delays; meanwhile they are a majority. */
    @ParameterizedTest
    @ValueSource(longs = {0, 10, 500, 60_000})
    void aRollingRestartKeepsNothingFromBeingAcquired(long downMillis) {
        SimulatedCluster cluster = SimulatedCluster.of(3, 2);
        Want held = cluster.has(worker(2), Resource.named("held meanwhile"));
        Gaps gaps = new Gaps(cluster, worker(1), SEAT);
        gaps.begin();
        for (int i = 1; i <= 3; i++) {
            String voter = voter(i);
            cluster.pass(1_003 * MILLIS);
            cluster.crash(voter);
            cluster.pass(downMillis * MILLIS);
            cluster.start(voter, 0);
            assertThat(cluster.passUntil(() -> cluster.isReady(voter), LEASE.toNanos()))
                    .as("reads what the others know")
                    .isEqualTo(2 * DELAY);
        }
        cluster.pass(1_000 * MILLIS);
        assertThat(gaps.acquired()).isGreaterThan(100);
        assertThat(gaps.longest()).as("between two acquisitions").isLessThanOrEqualTo(2 * DELAY);
        assertThat(held.losses()).isEmpty();
        assertThat(held.lease().state()).isEqualTo(LeaseState.HELD);
    }

    @Test
    void aMachineThatWasSuspendedHasLostItsLeasesWhenItGoesOn() {
        SimulatedCluster cluster = SimulatedCluster.of(3, 2);
        Want held = cluster.has(worker(1), SEAT);
        Want next = cluster.want(worker(2), SEAT);
        cluster.process(worker(1)).machine.stop();
        long took = cluster.passUntil(next::isServed, 3 * LEASE.toNanos());
        assertThat(took).isLessThanOrEqualTo(EXCLUSION + 2 * DELAY);
        cluster.process(worker(1)).machine.resume(took);
        assertThat(held.lease().state()).isEqualTo(LeaseState.LOST);
        cluster.pass(LEASE.toNanos());
        assertThat(held.losses()).hasSize(1);
        assertThat(next.lease().state()).isEqualTo(LeaseState.HELD);
    }

    /** It may have been restored to an earlier state: what it granted since it would not know. */
    @Test
    void aVoterThatWasSuspendedIsOutUntilItsQuarantineIsOver() {
        SimulatedCluster cluster = SimulatedCluster.of(3, 1);
        long suspended = 3_000 * MILLIS;
        cluster.process(voter(1)).machine.stop();
        cluster.pass(suspended);
        cluster.process(voter(1)).machine.resume(suspended);
        cluster.crash(voter(2));
        Want want = cluster.want(worker(1), SEAT);
        cluster.pass(2 * DELAY);
        assertThat(cluster.isReady(voter(1))).isFalse();
        assertThat(want.isServed()).as("by the other one alone").isFalse();
        long took = cluster.passUntil(() -> cluster.isReady(voter(1)), 2 * LEASE.toNanos());
        assertThat(took).isBetween(EXCLUSION - 2 * DELAY, EXCLUSION);
        assertThat(cluster.passUntil(want::isServed, LEASE.toNanos())).isLessThanOrEqualTo(4 * RETRY + 2 * DELAY);
    }
}
