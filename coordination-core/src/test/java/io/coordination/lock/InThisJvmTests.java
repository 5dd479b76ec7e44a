package io.coordination.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The manager as a user has it: real threads, the clocks of this machine. */
@Timeout(60)
class InThisJvmTests {

    private static final Resource SEAT = Resource.of("seat", "A-12");
    private static final LockOptions ONCE = LockOptions.defaults().withWaitAtMost(Duration.ZERO);

    /** Fewer where this test is run many times over, on changed code. */
    private static final int NAMES = Integer.getInteger("names.count", 1_000_000);

    private final DistributedLockManager locks = DistributedLockManager.inThisJvm();

    @AfterEach
    void close() {
        locks.close();
    }

    @Test
    void aLeaseExcludesOthersUntilItIsClosed() throws Exception {
        Lease lease = locks.acquire(SEAT);

        assertThat(lease.state()).isEqualTo(LeaseState.HELD);
        assertThat(lease.remaining()).isPositive();
        assertThat(locks.tryAcquire(SEAT, ONCE)).isEmpty();

        lease.close();

        assertThat(lease.state()).isEqualTo(LeaseState.RELEASED);
        assertThat(locks.tryAcquire(SEAT, ONCE)).isPresent();
    }

    @Test
    void tokensRise() throws Exception {
        List<FencingToken> tokens = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            try (Lease lease = locks.acquire(SEAT)) {
                tokens.add(lease.token());
            }
        }
        assertThat(tokens).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void threadsExcludeEachOtherAndEachHasALargerToken() throws Exception {
        int threads = 8;
        int rounds = 500;
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        List<FencingToken> tokens = Collections.synchronizedList(new ArrayList<>());
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            all.add(onThread(() -> {
                for (int i = 0; i < rounds; i++) {
                    locks.run(SEAT, lease -> {
                        overlaps.addAndGet(inside.getAndIncrement());
                        tokens.add(lease.token());
                        inside.decrementAndGet();
                    });
                }
            }));
        }
        for (CompletableFuture<Void> one : all) {
            one.get();
        }
        assertThat(overlaps).hasValue(0);
        assertThat(tokens).hasSize(threads * rounds).isSorted().doesNotHaveDuplicates();
        assertThat(tokens)
                .as("some were handed over within a block of tokens")
                .anyMatch(token -> token.value() % FencingToken.BLOCK != 0);
    }

    @Test
    void aFrameMayReenterWithTheSameToken() throws Exception {
        locks.run(SEAT, outer -> {
            try (Lease inner = locks.tryAcquire(SEAT, ONCE).orElseThrow()) {
                assertThat(inner.token()).isEqualTo(outer.token());
                assertThat(locks.current()).isPresent();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            assertThat(outer.state()).isEqualTo(LeaseState.HELD);
        });
        assertThat(locks.current()).isEmpty();
        assertThat(locks.tryAcquire(SEAT, ONCE)).isPresent();
    }

    @Test
    void theGrantEndsWithItsLastHandle() throws Exception {
        Lease first = locks.acquire(SEAT);
        Lease second = first.reenter();
        first.close();
        first.close();

        assertThat(first.state()).isEqualTo(LeaseState.RELEASED);
        assertThat(second.state()).isEqualTo(LeaseState.HELD);
        assertThat(locks.tryAcquire(SEAT, ONCE)).isEmpty();
        assertThatIllegalStateException().isThrownBy(first::reenter);

        second.close();
        assertThat(locks.tryAcquire(SEAT, ONCE)).isPresent();
    }

    @Test
    @SuppressWarnings("try") // the handle is closed early on purpose
    void aThreadLearnsOfTheLossOfAnyLeaseInWhoseFrameItRuns() throws Exception {
        LockOptions brief =
                LockOptions.defaults().withLease(Duration.ofMillis(50)).withRenew(false);
        locks.ensureHeld();
        try (Lease outer = locks.acquire(SEAT, brief);
                LeaseFrame outerFrame = outer.enter()) {
            assertThat(outerFrame).isNotNull();
            locks.run(Resource.named("inner"), inner -> {
                awaitLoss(outer);
                inner.ensureHeld();
                assertThatExceptionOfType(LeaseLostException.class).isThrownBy(locks::ensureHeld);
                outer.close();
                locks.ensureHeld();
            });
        } catch (LeaseLostException expected) {
            assertThat(expected.loss().resource()).isEqualTo(SEAT);
        }
    }

    @Test
    void optionsMayBeSetByName() throws Exception {
        LockOptions brief = LockOptions.defaults().withMaximumHold(Duration.ofMillis(50));
        try (DistributedLockManager named = new LockManagerBuilder()
                .namedOptions(java.util.Map.of("seat", brief))
                .build()) {
            assertThat(named.optionsFor(Resource.named("other"))).isEqualTo(LockOptions.defaults());
            awaitLoss(named.acquire(SEAT));
        }
    }

    @Test
    void anotherThreadMayReleaseALease() throws Exception {
        Lease lease = locks.acquire(SEAT);
        onThread(lease::close).get();
        assertThat(locks.tryAcquire(SEAT, ONCE)).isPresent();
    }

    @Test
    void aFrameIsClosedOnItsOwnThread() throws Exception {
        try (Lease lease = locks.acquire(SEAT)) {
            LeaseFrame frame = lease.enter();
            assertThatThrownBy(() -> onThread(frame::close).get()).hasCauseInstanceOf(IllegalStateException.class);
            frame.close();
        }
    }

    @Test
    void aRefusalSaysWhoHoldsItAndWhatToDo() throws Exception {
        Lease held = locks.acquire(SEAT);
        assertThatExceptionOfType(LockNotAcquiredException.class)
                .isThrownBy(() -> locks.acquire(SEAT, LockOptions.defaults().withWaitAtMost(Duration.ofMillis(20))))
                .withMessageContaining("\"seat\" [A-12]")
                .withMessageContaining(held.holder().toString())
                .withMessageContaining("wait-at-most")
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(LockNotAcquiredException.Reason.BUSY));
    }

    @Test
    void anInterruptEndsAWaitAndLeavesNothingBehind() throws Exception {
        Lease held = locks.acquire(SEAT);
        CompletableFuture<Throwable> seen = new CompletableFuture<>();
        Thread waiter = new Thread(() -> {
            try {
                locks.acquire(SEAT).close();
                seen.complete(new AssertionError("acquired"));
            } catch (InterruptedException expected) {
                seen.complete(expected);
            }
        });
        waiter.start();
        awaitWaiting(1);
        waiter.interrupt();

        assertThat(seen.get()).isInstanceOf(InterruptedException.class);
        assertThat(locks.locks())
                .singleElement()
                .satisfies(one -> assertThat(one.waiting()).isZero());
        held.close();
        assertThat(locks.locks()).isEmpty();
    }

    @Test
    void cancellingAFutureEndsItsWait() throws Exception {
        Lease held = locks.acquire(SEAT);
        CompletableFuture<Lease> waiting = locks.acquireAsync(SEAT, LockOptions.defaults());
        CompletableFuture<Lease> next = locks.acquireAsync(SEAT, LockOptions.defaults());
        waiting.cancel(true);
        held.close();
        try (Lease lease = next.get()) {
            assertThat(lease.state()).isEqualTo(LeaseState.HELD);
        }
        assertThat(locks.locks()).isEmpty();
    }

    @Test
    void anAsynchronousCallHoldsTheLeaseUntilItsStageCompletes() throws Exception {
        CompletableFuture<String> work = new CompletableFuture<>();
        CompletableFuture<String> result = locks.callAsync(SEAT, LockOptions.defaults(), lease -> work);
        assertThat(locks.tryAcquire(SEAT, ONCE)).isEmpty();

        work.complete("sold");

        assertThat(result.get()).isEqualTo("sold");
        assertThat(locks.locks()).isEmpty();
    }

    @Test
    void cancellingAnAsynchronousCallCancelsItsWorkAndReleases() {
        CompletableFuture<String> work = new CompletableFuture<>();
        CompletableFuture<String> result = locks.callAsync(SEAT, LockOptions.defaults(), lease -> work);
        result.cancel(true);
        assertThat(work).isCancelled();
        assertThat(locks.locks()).isEmpty();
        assertThatThrownBy(result::get).isInstanceOf(CancellationException.class);
    }

    @Test
    void aBodyThatFailsReleases() {
        assertThatThrownBy(() -> locks.run(SEAT, lease -> {
                    throw new java.io.IOException("printer on fire");
                }))
                .isInstanceOf(java.io.IOException.class)
                .hasNoSuppressedExceptions();
        assertThat(locks.locks()).isEmpty();
        CompletableFuture<Object> failing = locks.callAsync(SEAT, LockOptions.defaults(), lease -> {
            throw new IllegalStateException("no stage");
        });
        assertThatThrownBy(failing::get).isInstanceOf(ExecutionException.class);
        assertThat(locks.locks()).isEmpty();
        CompletableFuture<Object> broken = locks.callAsync(SEAT, LockOptions.defaults(), lease -> {
            throw new AssertionError("not even an exception");
        });
        assertThatThrownBy(broken::get).hasCauseInstanceOf(AssertionError.class);
        assertThat(locks.locks()).isEmpty();
    }

    @Test
    void aLeaseWithoutRenewalEndsAndItsHolderIsTold() throws Exception {
        LockOptions brief =
                LockOptions.defaults().withLease(Duration.ofMillis(50)).withRenew(false);
        CompletableFuture<LeaseLoss> news = new CompletableFuture<>();
        Lease lease = locks.acquire(SEAT, brief);
        lease.onLost(news::complete);

        assertThat(news.get().reason()).isEqualTo(LeaseLoss.Reason.EXPIRED);
        assertThat(lease.state()).isEqualTo(LeaseState.LOST);
        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(lease::ensureHeld);
        Lease successor = locks.acquire(SEAT);
        lease.close();
        assertThat(successor.state()).isEqualTo(LeaseState.HELD);
        assertThat(locks.tryAcquire(SEAT, ONCE)).isEmpty();
        assertThat(successor.token()).isGreaterThan(lease.token());
    }

    @Test
    void aLostLeaseFailsTheCallButNeverHidesItsOwnException() {
        LockOptions brief =
                LockOptions.defaults().withLease(Duration.ofMillis(50)).withRenew(false);
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> locks.run(SEAT, brief, InThisJvmTests::awaitLoss));
        assertThatThrownBy(() -> locks.run(SEAT, brief, lease -> {
                    awaitLoss(lease);
                    throw new IllegalStateException("own");
                }))
                .hasMessage("own")
                .satisfies(
                        own -> assertThat(own.getSuppressed()).singleElement().isInstanceOf(LeaseLostException.class));
    }

    @Test
    void interruptOnLossReachesTheBodyAndDoesNotStayBehind() {
        LockOptions brief = LockOptions.defaults()
                .withLease(Duration.ofMillis(50))
                .withRenew(false)
                .withOnLost(OnLost.INTERRUPT);
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> locks.run(SEAT, brief, lease -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        Thread.onSpinWait();
                    }
                }));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aLeaseEndsAtItsMaximumHold() throws Exception {
        LockOptions options = LockOptions.defaults().withMaximumHold(Duration.ofMillis(50));
        Lease lease = locks.acquire(SEAT, options);
        CompletableFuture<LeaseLoss> news = new CompletableFuture<>();
        lease.onLost(news::complete);
        assertThat(news.get().reason()).isEqualTo(LeaseLoss.Reason.MAXIMUM_HOLD);
    }

    @Test
    void shuttingDownSendsWaitersAwayAndEndsWithTheLastLease() throws Exception {
        Lease held = locks.acquire(SEAT);
        CompletableFuture<Lease> waiting = locks.acquireAsync(SEAT, LockOptions.defaults());
        CompletableFuture<Void> down = locks.shutDown();

        assertThatThrownBy(waiting::get)
                .cause()
                .isInstanceOfSatisfying(
                        LockNotAcquiredException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(LockNotAcquiredException.Reason.SHUT_DOWN));
        assertThatThrownBy(() -> locks.acquire(Resource.named("other"))).isInstanceOf(LockNotAcquiredException.class);
        assertThat(down).isNotDone();
        assertThat(held.state()).isEqualTo(LeaseState.HELD);

        held.close();
        down.get();
    }

    @Test
    void beyondItsLimitsAManagerRefuses() throws Exception {
        try (DistributedLockManager small =
                new LockManagerBuilder().maximumWaiting(1).maximumResources(2).build()) {
            Lease one = small.acquire(Resource.named("one"));
            CompletableFuture<Lease> waiting = small.acquireAsync(Resource.named("one"), LockOptions.defaults());
            assertThatThrownBy(() -> small.acquire(Resource.named("one")))
                    .isInstanceOfSatisfying(
                            LockNotAcquiredException.class,
                            full -> assertThat(full.reason()).isEqualTo(LockNotAcquiredException.Reason.FULL));
            one.close();
            waiting.get().close();
            small.acquire(Resource.named("one"));
            small.acquire(Resource.named("two"));
            assertThatThrownBy(() -> small.acquire(Resource.named("three")))
                    .hasMessageContaining("as many waiters or resources");
        }
    }

    @Test
    void anExecutorThatRejectsAndListenersThatThrowHarmNobodyElse() throws Exception {
        java.util.concurrent.Executor rejecting = task -> {
            throw new java.util.concurrent.RejectedExecutionException("shut down");
        };
        try (DistributedLockManager manager = new LockManagerBuilder()
                .executor(rejecting)
                .observer(new LockObserver() {
                    @Override
                    public void ended(EndedLease ended) {
                        throw new IllegalStateException("broken observer");
                    }
                })
                .build()) {
            Lease held = manager.acquire(SEAT, LockOptions.defaults().withMaximumHold(Duration.ofMillis(50)));
            held.onLost(loss -> {});
            CompletableFuture<Lease> waiting = manager.acquireAsync(SEAT, LockOptions.defaults());
            assertThatThrownBy(waiting::get).hasCauseInstanceOf(java.util.concurrent.RejectedExecutionException.class);
            assertThat(held.state()).isEqualTo(LeaseState.LOST);
            try (Lease next = manager.acquire(SEAT)) {
                assertThat(next.state()).isEqualTo(LeaseState.HELD);
            }
        }
    }

    @Test
    void aLeaseTakesABoundedNumberOfListeners() throws Exception {
        try (Lease lease = locks.acquire(SEAT)) {
            for (int i = 0; i < LossListeners.MOST; i++) {
                lease.onLost(loss -> {});
            }
            assertThatIllegalStateException().isThrownBy(() -> lease.onLost(loss -> {}));
        }
    }

    /** On virtual threads where the JDK has them. */
    @Test
    void aThousandThreadsTakeTurns() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            startLightThread(() -> {
                try {
                    locks.run(SEAT, lease -> {
                        overlaps.addAndGet(inside.getAndIncrement());
                        inside.decrementAndGet();
                    });
                    done.complete(null);
                } catch (InterruptedException | RuntimeException failed) {
                    done.completeExceptionally(failed);
                }
            });
            all.add(done);
        }
        for (CompletableFuture<Void> one : all) {
            one.get();
        }
        assertThat(overlaps).hasValue(0);
        assertThat(locks.locks()).isEmpty();
    }

    @Test
    void aMillionNamesLeaveNextToNothingBehind() throws Exception {
        var time = new io.coordination.runtime.SystemTimeSource();
        LocalLeaseStore store = new LocalLeaseStore(time);
        try (DistributedLockManager manager =
                new LockManagerBuilder().timeSource(time).store(store).build()) {
            for (int i = 0; i < NAMES; i++) {
                manager.acquire(Resource.of("order", Integer.toString(i))).close();
            }
            assertThat(store.size()).isLessThanOrEqualTo(LocalLeaseStore.FIRST_LOOK);
            assertThat(manager.locks()).isEmpty();
            // Nothing in hand: a shut-down ends at once.
            assertThat(manager.shutDown()).isCompleted();
        }
    }

    @Test
    void badNamesAreShownEscaped() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Resource.named("seat\n12"))
                .withMessageContaining("seat\\u000a12");
        assertThatIllegalArgumentException().isThrownBy(() -> Resource.named(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> Resource.of("seat", "\u0000"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Resource.of("seat", "x".repeat(509)))
                .withMessageContaining("512");
        assertThat(Resource.of("seat", "x".repeat(508))).isNotNull();
    }

    @Test
    void badDurationsAreRefused() {
        LockOptions good = LockOptions.defaults();
        for (Duration bad : List.of(Duration.ZERO, Duration.ofMillis(-1), Duration.ofDays(366))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> good.withLease(bad))
                    .withMessageContaining("lease");
            assertThatIllegalArgumentException().isThrownBy(() -> good.withRetryInterval(bad));
            assertThatIllegalArgumentException().isThrownBy(() -> good.withMaximumHold(bad));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> good.withWaitAtMost(Duration.ofMillis(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> good.withMaxRetries(-1));
    }

    private static void startLightThread(Runnable work) throws ReflectiveOperationException {
        if (Runtime.version().feature() >= 21) {
            Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work);
        } else {
            new Thread(work).start();
        }
    }

    private void awaitWaiting(int count) {
        while (locks.locks().stream().mapToInt(LockStatus::waiting).sum() < count) {
            Thread.onSpinWait();
        }
    }

    private static void awaitLoss(Lease lease) {
        CountDownLatch lost = new CountDownLatch(1);
        lease.onLost(loss -> lost.countDown());
        try {
            assertThat(lost.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static CompletableFuture<Void> onThread(Work work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        work.run();
                        done.complete(null);
                    } catch (Throwable failed) {
                        done.completeExceptionally(failed);
                    }
                })
                .start();
        return done;
    }

    private interface Work {
        void run() throws Exception;
    }
}
