package io.coordination.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.EndedLease;
import io.coordination.lock.Lease;
import io.coordination.lock.LeaseLoss;
import io.coordination.lock.LeaseLostException;
import io.coordination.lock.LeaseState;
import io.coordination.lock.LockManagerBuilder;
import io.coordination.lock.LockNotAcquiredException;
import io.coordination.lock.LockObserver;
import io.coordination.lock.LockOptions;
import io.coordination.lock.Resource;
import io.coordination.lock.WakeUps;
import io.coordination.test.FaultyStore.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What managers must do over every store: two instances, and a store that can be made to fail in front of the real one. Extend
 * it and say how to make a store.
 */
@Timeout(120)
public abstract class LockManagerContract {

    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final LockOptions OPTIONS =
            LockOptions.defaults().withLease(LEASE).withWaitAtMost(Duration.ofSeconds(60));
    private static final LockOptions ONCE = OPTIONS.withWaitAtMost(Duration.ZERO);
    private static final Resource SEAT = Resource.of("seat", "A-12");

    private final List<EndedLease> ended = Collections.synchronizedList(new ArrayList<>());

    private StoreUnderTest under;
    private FaultyStore faulty;
    private DistributedLockManager here;
    private DistributedLockManager there;

    /** A store that nobody has used. */
    protected abstract StoreUnderTest newStore();

    @BeforeEach
    final void makeManagers() {
        under = newStore();
        faulty = new FaultyStore(under.store());
        here = manager("here");
        there = manager("there");
    }

    @AfterEach
    final void closeManagers() {
        here.close();
        there.close();
    }

    @Test
    void instancesExcludeEachOtherAndTokensRise() throws InterruptedException {
        Lease first = here.acquire(SEAT, ONCE);
        assertThat(there.tryAcquire(SEAT, ONCE)).isEmpty();
        first.close();
        Lease second = there.acquire(SEAT, ONCE);
        assertThat(second.token()).isGreaterThan(first.token());
        assertThat(first.token().value())
                .as("a stale holder sees its own token")
                .isNotEqualTo(second.token().value());
    }

    @Test
    void aWaiterElsewhereIsServedWhenTheHolderReleases() throws InterruptedException {
        Lease held = here.acquire(SEAT, OPTIONS);
        CompletableFuture<Lease> waiting = there.acquireAsync(SEAT, OPTIONS);
        assertThat(waiting).isNotDone();
        held.close();
        assertThat(served(waiting).state()).isEqualTo(LeaseState.HELD);
    }

    @Test
    void aWaiterIsServedWhenTheLeaseOfACrashedHolderHasRunOut() throws InterruptedException {
        Lease crashed = here.acquire(SEAT, OPTIONS);
        faulty.onRenew(Fault.SILENT);
        faulty.onRelease(Fault.SILENT);
        CompletableFuture<Lease> waiting = there.acquireAsync(SEAT, OPTIONS);
        under.pass(LEASE.plusMillis(500).plus(under.slack()));
        faulty.onRelease(Fault.NONE);
        assertThat(served(waiting).token()).isGreaterThan(crashed.token());
    }

    @Test
    void waitersOfOneInstanceAreHandedTheLeaseWithLargerTokensAndWithoutTheStore() throws InterruptedException {
        Lease lease = here.acquire(SEAT, OPTIONS);
        int asked = faulty.acquisitions();
        for (int i = 0; i < 5; i++) {
            CompletableFuture<Lease> next = here.acquireAsync(SEAT, OPTIONS);
            lease.close();
            Lease handed = served(next);
            assertThat(handed.token()).isGreaterThan(lease.token());
            lease = handed;
        }
        assertThat(faulty.acquisitions()).isEqualTo(asked);
    }

    @Test
    void aStreamOfLocalWaitersDoesNotKeepAnotherInstanceOut() throws InterruptedException {
        Lease lease = here.acquire(SEAT, OPTIONS);
        CompletableFuture<Lease> elsewhere = there.acquireAsync(SEAT, OPTIONS);
        // The holder learns of others by renewing.
        under.pass(LEASE.dividedBy(2));
        int handOvers = 0;
        CompletableFuture<Lease> next = here.acquireAsync(SEAT, OPTIONS);
        while (handOvers < 2_000) {
            CompletableFuture<Lease> after = here.acquireAsync(SEAT, OPTIONS);
            lease.close();
            if (!next.isDone()) {
                break;
            }
            lease = next.join();
            next = after;
            handOvers++;
        }
        assertThat(handOvers).isLessThanOrEqualTo(16);
        served(elsewhere).close();
    }

    @Test
    void aBlockOfTokensIsNeverExceeded() throws InterruptedException {
        Lease lease = here.acquire(SEAT, OPTIONS);
        long last = lease.token().value();
        for (int i = 0; i < 3_000; i++) {
            CompletableFuture<Lease> next = here.acquireAsync(SEAT, OPTIONS);
            lease.close();
            lease = served(next);
            assertThat(lease.token().value()).isGreaterThan(last);
            last = lease.token().value();
        }
        lease.close();
        assertThat(there.acquire(SEAT, ONCE).token().value()).isGreaterThan(last);
    }

    @Test
    void reenteringLeavesNothingBehind() throws InterruptedException {
        here.run(SEAT, OPTIONS, outer -> {
            for (int i = 0; i < 3; i++) {
                try {
                    here.run(SEAT, OPTIONS, inner -> assertThat(inner.token()).isEqualTo(outer.token()));
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        });
        int renewals = faulty.renewals();
        under.pass(LEASE.multipliedBy(3));
        assertThat(faulty.renewals()).isEqualTo(renewals);
        assertThat(here.locks()).isEmpty();
    }

    @Test
    void aHeldLeaseIsRenewedForAsLongAsItIsHeld() throws InterruptedException {
        Lease lease = here.acquire(SEAT, OPTIONS);
        under.pass(LEASE.multipliedBy(3));
        assertThat(lease.state()).isEqualTo(LeaseState.HELD);
        assertThat(there.tryAcquire(SEAT, ONCE)).isEmpty();
        lease.close();
        assertThat(there.tryAcquire(SEAT, ONCE)).isPresent();
    }

    @Test
    void renewalSurvivesFailuresOfEveryKindWithinTheLease() throws InterruptedException {
        for (Fault fault : List.of(Fault.REQUEST_LOST, Fault.REPLY_LOST, Fault.THROWS, Fault.SILENT)) {
            Lease lease = here.acquire(SEAT, OPTIONS);
            faulty.onRenew(fault);
            under.pass(LEASE.multipliedBy(2).dividedBy(3));
            assertThat(lease.state()).as("while %s", fault).isEqualTo(LeaseState.AT_RISK);
            faulty.onRenew(Fault.NONE);
            under.pass(LEASE.multipliedBy(2));
            assertThat(lease.state()).as("after %s", fault).isEqualTo(LeaseState.HELD);
            lease.close();
        }
    }

    @Test
    void aHolderThatCannotRenewLearnsThatItsLeaseIsLostBeforeAnotherHasIt() throws InterruptedException {
        Lease lease = here.acquire(SEAT, OPTIONS);
        CompletableFuture<LeaseLoss> news = new CompletableFuture<>();
        lease.onLost(news::complete);
        faulty.onRenew(Fault.REQUEST_LOST);
        faulty.onRelease(Fault.REQUEST_LOST);
        CompletableFuture<Lease> waiting = there.acquireAsync(SEAT, OPTIONS);
        boolean[] lostFirst = new boolean[1];
        CompletableFuture<Void> order = waiting.thenAccept(next -> lostFirst[0] = lease.state() == LeaseState.LOST);
        under.pass(LEASE.plusMillis(500).plus(under.slack()));
        faulty.onRelease(Fault.NONE);

        served(waiting);
        order.join();
        assertThat(lostFirst[0]).isTrue();
        assertThat(news.join().reason()).isEqualTo(LeaseLoss.Reason.EXPIRED);
        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(lease::ensureHeld);
    }

    @Test
    void aStaleHandleCannotReleaseItsSuccessor() throws InterruptedException {
        Lease stale = here.acquire(SEAT, OPTIONS.withRenew(false));
        under.pass(LEASE.plusMillis(100).plus(under.slack()));
        Lease successor = here.acquire(SEAT, OPTIONS);
        stale.close();
        assertThat(successor.state()).isEqualTo(LeaseState.HELD);
        assertThat(there.tryAcquire(SEAT, ONCE)).isEmpty();
        assertThat(stale.state()).isEqualTo(LeaseState.LOST);
    }

    @Test
    void aFailedReleaseIsRepeatedAndLeavesNoZombie() throws InterruptedException {
        Lease lease = here.acquire(SEAT, OPTIONS);
        faulty.onRelease(Fault.REQUEST_LOST);
        lease.close();
        assertThat(there.tryAcquire(SEAT, ONCE)).isEmpty();
        faulty.onRelease(Fault.NONE);
        under.pass(LEASE.dividedBy(2));
        assertThat(there.tryAcquire(SEAT, ONCE)).isPresent();
        assertThat(here.locks()).isEmpty();
    }

    @Test
    void aReleaseThatNeverReachesTheStoreIsGivenUpWithTheLease() throws InterruptedException {
        Lease lease = here.acquire(SEAT, OPTIONS);
        faulty.onRelease(Fault.SILENT);
        lease.close();
        int renewals = faulty.renewals();
        under.pass(LEASE.plusMillis(500).plus(under.slack()));
        assertThat(faulty.renewals()).isEqualTo(renewals);
        int releases = faulty.releases();
        under.pass(LEASE);
        assertThat(faulty.releases()).isEqualTo(releases);
        assertThat(there.tryAcquire(SEAT, ONCE)).isPresent();
        assertThat(here.shutDown()).isCompleted();
    }

    @Test
    void aBusinessExceptionSurvivesAFailingRelease() {
        faulty.onRelease(Fault.THROWS);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> here.run(SEAT, OPTIONS, lease -> {
                    throw new IllegalArgumentException("sold out");
                }))
                .withMessage("sold out");
    }

    @Test
    void aDeadlineHoldsUnderAFailingStoreAndAttemptsBackOff() {
        for (Fault fault : List.of(Fault.REQUEST_LOST, Fault.THROWS, Fault.SILENT)) {
            faulty.onAcquire(fault);
            int before = faulty.acquisitions();
            CompletableFuture<Lease> waiting = here.acquireAsync(SEAT, OPTIONS.withWaitAtMost(Duration.ofSeconds(2)));
            under.pass(Duration.ofMillis(2_500).plus(under.slack()));
            assertThat(refusalOf(waiting).reason())
                    .isIn(LockNotAcquiredException.Reason.STORE_UNAVAILABLE, LockNotAcquiredException.Reason.BUSY);
            assertThat(faulty.acquisitions() - before).isBetween(1, 25);
        }
    }

    @Test
    void aGrantWhoseReplyWasLostIsFoundAgain() {
        faulty.onAcquire(Fault.REPLY_LOST);
        CompletableFuture<Lease> waiting = here.acquireAsync(SEAT, OPTIONS);
        faulty.onAcquire(Fault.NONE);
        under.pass(Duration.ofMillis(500).plus(under.slack()));
        assertThat(served(waiting).state()).isEqualTo(LeaseState.HELD);
    }

    @Test
    void aGrantThatNobodyWaitsForAnyMoreIsGivenBack() throws InterruptedException {
        faulty.onAcquire(Fault.REPLY_LOST);
        CompletableFuture<Lease> waiting = here.acquireAsync(SEAT, OPTIONS);
        waiting.cancel(true);
        under.pass(under.slack());
        assertThat(there.tryAcquire(SEAT, ONCE)).isPresent();
    }

    @Test
    void afterAManagerIsClosedItsLeasesRunOut() throws InterruptedException {
        Lease lease = here.acquire(SEAT, OPTIONS);
        here.close();
        under.pass(LEASE.plusMillis(500).plus(under.slack()));
        assertThat(lease.state()).isEqualTo(LeaseState.LOST);
        assertThat(there.tryAcquire(SEAT, ONCE)).isPresent();
    }

    @Test
    void aSuspendedMachineLosesItsLease() throws InterruptedException {
        if (!(under.time() instanceof VirtualTime time)) {
            return;
        }
        Lease lease = here.acquire(SEAT, OPTIONS);
        time.suspend(LEASE);
        assertThat(lease.state()).isEqualTo(LeaseState.LOST);
        time.stepWallClock(LEASE.negated());
        assertThat(lease.state()).as("for good").isEqualTo(LeaseState.LOST);
    }

    @Test
    void aSmallClockStepCostsAtMostItsSize() throws InterruptedException {
        if (!(under.time() instanceof VirtualTime time)) {
            return;
        }
        Lease lease = here.acquire(SEAT, OPTIONS);
        Duration before = lease.remaining();
        time.stepWallClock(Duration.ofMillis(200));
        assertThat(lease.remaining()).isEqualTo(before.minusMillis(200));
        time.stepWallClock(Duration.ofSeconds(-30));
        assertThat(lease.remaining()).isEqualTo(before);
    }

    @Test
    void whatEndedIsReportedOnceWithHowItEnded() throws InterruptedException {
        here.acquire(SEAT, OPTIONS).close();
        here.acquire(SEAT, OPTIONS.withRenew(false));
        under.pass(LEASE.plusMillis(100).plus(under.slack()));
        assertThat(ended).extracting(EndedLease::loss).containsExactly(null, LeaseLoss.Reason.EXPIRED);
    }

    // ---- words

    private DistributedLockManager manager(String nodeId) {
        LockManagerBuilder builder = new LockManagerBuilder()
                .nodeId(nodeId)
                .timeSource(under.time())
                .scheduler(under.scheduler())
                .executor(Runnable::run)
                .store(nodeId.equals("here") ? faulty : under.store())
                .observer(new LockObserver() {
                    @Override
                    public void ended(EndedLease lease) {
                        ended.add(lease);
                    }
                });
        WakeUps hints = under.wakeUps();
        return (hints == null ? builder : builder.wakeUps(hints)).build();
    }

    /** Waits for a lease, letting time pass in small steps for as long as it takes within reason. */
    @SuppressWarnings("FutureReturnValueIgnored") // joined in the end
    private Lease served(CompletableFuture<Lease> waiting) {
        CountDownLatch done = new CountDownLatch(1);
        waiting.whenComplete((lease, failure) -> done.countDown());
        for (int i = 0; i < 100 && done.getCount() > 0; i++) {
            under.pass(Duration.ofMillis(20));
        }
        try {
            assertThat(done.await(30, TimeUnit.SECONDS)).as("served").isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return waiting.join();
    }

    private static LockNotAcquiredException refusalOf(CompletableFuture<Lease> waiting) {
        try {
            waiting.join().close();
        } catch (CompletionException failed) {
            assertThat(failed.getCause()).isInstanceOf(LockNotAcquiredException.class);
            return (LockNotAcquiredException) Objects.requireNonNull(failed.getCause());
        }
        throw new AssertionError("was acquired");
    }
}
