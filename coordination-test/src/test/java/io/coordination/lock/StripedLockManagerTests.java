package io.coordination.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coordination.test.FaultyStore;
import io.coordination.test.FaultyStore.Fault;
import io.coordination.test.VirtualTime;
import io.coordination.time.Scheduler;
import io.coordination.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The manager in virtual time: what it says of itself, its limits, frames and futures. */
@Timeout(60)
class StripedLockManagerTests {

    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final LockOptions OPTIONS = LockOptions.defaults().withLease(LEASE);
    private static final LockOptions ONCE = OPTIONS.withWaitAtMost(Duration.ZERO);
    private static final LockOptions UNRENEWED = OPTIONS.withRenew(false);
    private static final Resource SEAT = Resource.named("seat");

    private final VirtualTime time = new VirtualTime();
    private final LocalLeaseStore store = new LocalLeaseStore(time);
    private final FaultyStore faulty = new FaultyStore(store);
    private final DistributedLockManager locks = builder("here").store(faulty).build();

    @Test
    void theStatusSaysWhoHoldsSinceWhenAndForHowLongYet() throws InterruptedException {
        Instant since = wallClock();
        Lease lease = locks.acquire(SEAT, OPTIONS);
        time.advance(Duration.ofMillis(500));
        assertThat(locks.locks())
                .containsExactly(new LockStatus(
                        SEAT,
                        new LockStatus.Held(
                                lease.holder(),
                                lease.token(),
                                since,
                                Duration.ofMillis(500),
                                LEASE.minusMillis(550),
                                LeaseState.HELD),
                        0,
                        null));

        DistributedLockManager there = builder("there").store(faulty).build();
        CompletableFuture<Lease> waiting = there.acquireAsync(SEAT, OPTIONS);
        assertThat(waiting).isNotDone();
        assertThat(there.locks())
                .containsExactly(new LockStatus(SEAT, null, 1, lease.holder().toString()));
    }

    @Test
    void aLeaseSaysWhatItIsInWords() throws InterruptedException {
        Lease lease = locks.acquire(SEAT, UNRENEWED);
        Holder holder = lease.holder();
        assertThat(holder)
                .hasToString(holder.process() + " (" + Thread.currentThread().getName() + ")");
        assertThat(lease)
                .hasToString("Lease on " + SEAT + " with token " + lease.token() + ", HELD, held by " + holder);
        assertThat(new Ticket(7, holder.process())).hasToString(holder.process() + "@7");
        time.advance(LEASE);
        assertThatThrownBy(lease::ensureHeld)
                .hasMessageContaining(SEAT.toString())
                .hasMessageContaining("its deadline passed without a successful renewal");
    }

    @Test
    void theTimeThatRemainsIsZeroForALeaseThatIsOver() throws InterruptedException {
        Lease closed = locks.acquire(SEAT, OPTIONS);
        closed.close();
        assertThat(closed.remaining()).isZero();

        Lease lease = locks.acquire(SEAT, OPTIONS);
        faulty.onRenew(Fault.THROWS);
        time.advance(LEASE.dividedBy(3));
        assertThat(lease.state()).isEqualTo(LeaseState.AT_RISK);
        assertThat(lease.remaining()).isEqualTo(LEASE.minus(LEASE.dividedBy(3)).minusMillis(50));
        time.advance(LEASE);
        assertThat(lease.remaining()).isZero();
    }

    @Test
    void whoTriesOnceIsToldAtOnceThatTheStoreThrows() {
        faulty.onAcquire(Fault.THROWS);
        CompletableFuture<Lease> attempt = locks.acquireAsync(SEAT, ONCE);
        assertThat(refusalOf(attempt)).satisfies(refused -> {
            assertThat(refused.reason()).isEqualTo(LockNotAcquiredException.Reason.STORE_UNAVAILABLE);
            assertThat(refused.resource()).isEqualTo(SEAT);
        });
    }

    @Test
    void aRefusalSaysHowLongWasWaited() throws InterruptedException {
        locks.acquire(SEAT, OPTIONS);
        CompletableFuture<Lease> waiting = locks.acquireAsync(SEAT, OPTIONS.withWaitAtMost(Duration.ofSeconds(1)));
        time.advance(Duration.ofSeconds(1));
        assertThat(refusalOf(waiting)).hasMessageContaining("within 1000 ms");
    }

    @Test
    void whoWasSentAwayOrLeftTakesNoPlace() throws InterruptedException {
        DistributedLockManager small = builder("small").maximumWaiting(1).build();
        small.acquire(SEAT, OPTIONS);
        for (int i = 0; i < 3; i++) {
            assertThat(small.tryAcquire(SEAT, ONCE)).isEmpty();
            assertThat(small.acquireAsync(SEAT, OPTIONS).cancel(true)).isTrue();
        }
        assertThat(small.acquireAsync(SEAT, OPTIONS)).isNotDone();
        assertThat(refusalOf(small.acquireAsync(SEAT, OPTIONS)).reason())
                .isEqualTo(LockNotAcquiredException.Reason.FULL);
    }

    @Test
    void whoWasLetInJustBeforeAShutdownIsSentAway() throws InterruptedException {
        AtomicReference<Runnable> onNextLookAtTheClock = new AtomicReference<>(() -> {});
        TimeSource clock = () -> {
            onNextLookAtTheClock.getAndSet(() -> {}).run();
            return time.now();
        };
        DistributedLockManager manager = builder("closing").timeSource(clock).build();
        manager.acquire(SEAT, OPTIONS);
        AtomicReference<CompletableFuture<Lease>> attempt = new AtomicReference<>();
        Thread late = new Thread(() -> attempt.set(manager.acquireAsync(SEAT, OPTIONS)));
        onNextLookAtTheClock.set(() -> {
            // This thread has the lock of the stripe: the other is let in and waits there until the sweep has passed.
            late.start();
            while (late.isAlive() && late.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            assertThat(manager.shutDown()).isNotDone();
        });

        assertThat(manager.locks()).hasSize(1);
        late.join();

        assertThat(refusalOf(attempt.get()).reason()).isEqualTo(LockNotAcquiredException.Reason.SHUT_DOWN);
    }

    @Test
    void aFutureThatItsCallerHasCompletedGivesTheLeaseBack() throws InterruptedException {
        Lease held = locks.acquire(SEAT, OPTIONS);
        CompletableFuture<Lease> waiting = locks.acquireAsync(SEAT, OPTIONS);
        waiting.completeExceptionally(new TimeoutException("the caller's own"));
        held.close();
        assertThat(locks.locks()).isEmpty();
        assertThat(locks.tryAcquire(SEAT, ONCE)).isPresent();
    }

    @Test
    void aLostLeaseFailsAnAsynchronousCallButNeverHidesItsOwnException() {
        CompletableFuture<String> work = new CompletableFuture<>();
        CompletableFuture<String> result = locks.callAsync(SEAT, UNRENEWED, lease -> work);
        CompletableFuture<String> failing = new CompletableFuture<>();
        CompletableFuture<String> failed = locks.callAsync(Resource.named("other"), UNRENEWED, lease -> failing);
        time.advance(LEASE);

        work.complete("sold");
        failing.completeExceptionally(new IllegalStateException("own"));

        assertThatThrownBy(result::join).hasCauseInstanceOf(LeaseLostException.class);
        assertThatThrownBy(failed::join)
                .cause()
                .hasMessage("own")
                .satisfies(
                        own -> assertThat(own.getSuppressed()).singleElement().isInstanceOf(LeaseLostException.class));
    }

    @Test
    void onlyAnAsynchronousCallThatStillRunsIsCancelled() {
        CompletableFuture<String> running = locks.callAsync(SEAT, OPTIONS, lease -> new CompletableFuture<>());
        assertThat(running.cancel(true)).isTrue();
        CompletableFuture<String> done =
                locks.callAsync(SEAT, OPTIONS, lease -> CompletableFuture.completedFuture("sold"));
        assertThat(done.cancel(true)).isFalse();
        assertThat(done).isCompletedWithValue("sold");
    }

    @Test
    void aCallReturnsWhatItsBodyReturns() throws InterruptedException {
        String result = locks.call(SEAT, OPTIONS, lease -> "sold");
        assertThat(result).isEqualTo("sold");
    }

    @Test
    void aLostLeaseIsNotEntered() throws InterruptedException {
        Lease lease = locks.acquire(SEAT, UNRENEWED);
        time.advance(LEASE);
        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(lease::enter);
        assertThat(locks.current()).isEmpty();
    }

    @Test
    void framesMayBeClosedInAnyOrder() throws InterruptedException {
        Resource middle = Resource.named("middle");
        Lease inner = locks.acquire(Resource.named("inner"), OPTIONS);
        LeaseFrame outerFrame = locks.acquire(SEAT, OPTIONS).enter();
        LeaseFrame middleFrame = locks.acquire(middle, OPTIONS).enter();
        LeaseFrame innerFrame = inner.enter();

        outerFrame.close();
        assertThat(locks.tryAcquire(SEAT, ONCE)).as("its frame is closed").isEmpty();
        assertThat(locks.tryAcquire(middle, ONCE)).as("the middle one is open").isPresent();
        middleFrame.close();
        assertThat(locks.tryAcquire(middle, ONCE)).isEmpty();
        assertThat(locks.current()).containsSame(inner);
        innerFrame.close();
        assertThat(locks.current()).isEmpty();
    }

    @Test
    void framesThatInterruptLeaveNoListenerBehind() throws InterruptedException {
        Lease lease = locks.acquire(SEAT, OPTIONS.withOnLost(OnLost.INTERRUPT));
        for (int i = 0; i <= LossListeners.MOST; i++) {
            lease.enter().close();
        }
        lease.onLost(loss -> {});
        assertThat(lease.state()).isEqualTo(LeaseState.HELD);
    }

    @Test
    void aStoreThatGivesHintsIsListenedTo() throws InterruptedException {
        DistributedLockManager there = builder("there").store(store).build();
        Lease held = locks.acquire(SEAT, OPTIONS);
        CompletableFuture<Lease> waiting = there.acquireAsync(SEAT, OPTIONS);
        held.close();
        assertThat(waiting).as("without time passing").isCompleted();
    }

    @Test
    void hintsThatAreGivenTakeThePlaceOfTheStoresAndEndWithTheManagerButTheTimerStays() {
        AtomicInteger subscriptions = new AtomicInteger();
        AtomicInteger closedTimers = new AtomicInteger();
        Scheduler timer = new Scheduler() {
            @Override
            public Scheduled at(long nanos, Runnable task) {
                return time.at(nanos, task);
            }

            @Override
            public void close() {
                closedTimers.incrementAndGet();
            }
        };
        DistributedLockManager manager = builder("hinted")
                .store(store)
                .scheduler(timer)
                .wakeUps(listener -> {
                    subscriptions.incrementAndGet();
                    return subscriptions::decrementAndGet;
                })
                .build();
        assertThat(subscriptions).hasValue(1);

        manager.close();

        assertThat(subscriptions).hasValue(0);
        assertThat(closedTimers).hasValue(0);
    }

    @Test
    void theBuilderTakesDefaultsAndRefusesLimitsThatLetNobodyIn() {
        LockManagerBuilder builder = builder("built");
        assertThat(builder.defaultOptions(OPTIONS).build().optionsFor(SEAT)).isEqualTo(OPTIONS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.maximumWaiting(0))
                .withMessageContaining("maximumWaiting");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.maximumResources(0))
                .withMessageContaining("maximumResources");
    }

    // ---- words

    private LockManagerBuilder builder(String nodeId) {
        return new LockManagerBuilder()
                .nodeId(nodeId)
                .timeSource(time)
                .scheduler(time)
                .executor(Runnable::run);
    }

    private Instant wallClock() {
        return Instant.EPOCH.plusNanos(time.now().micros() * 1_000);
    }

    private static LockNotAcquiredException refusalOf(CompletableFuture<Lease> attempt) {
        assertThat(attempt).isCompletedExceptionally();
        CompletionException failed = Objects.requireNonNull(catchJoin(attempt));
        return (LockNotAcquiredException) Objects.requireNonNull(failed.getCause());
    }

    private static CompletionException catchJoin(CompletableFuture<Lease> attempt) {
        try {
            attempt.join().close();
        } catch (CompletionException failed) {
            return failed;
        }
        throw new AssertionError("was acquired");
    }
}
