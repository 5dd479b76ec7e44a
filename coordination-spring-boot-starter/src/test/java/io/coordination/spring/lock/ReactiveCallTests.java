package io.coordination.spring.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.coordination.annotation.WhenBusy;
import io.coordination.annotation.WithLock;
import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.Lease;
import io.coordination.lock.LeaseLostException;
import io.coordination.lock.LeaseState;
import io.coordination.lock.LockNotAcquiredException;
import io.coordination.lock.LockStatus;
import io.coordination.lock.OnLost;
import io.coordination.lock.Resource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

@Tag("aop")
class ReactiveCallTests {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void nothingIsAcquiredBeforeTheSubscription() {
        run((feed, locks, time) -> {
            AtomicInteger calls = new AtomicInteger();
            Mono<Integer> mono = feed.mono(() -> Mono.fromSupplier(calls::incrementAndGet));
            try (Lease elsewhere = locks.acquire(Resource.named("feed"))) {
                assertThat(elsewhere.token()).isNotNull();
                assertThat(calls).hasValue(0);
            }
            assertThat(mono.block(LONG)).isEqualTo(1);
        });
    }

    @Test
    void everySubscriptionIsARunOfTheMethodUnderALeaseOfItsOwn() {
        run((feed, locks, time) -> {
            List<Long> tokens = new CopyOnWriteArrayList<>();
            AtomicInteger calls = new AtomicInteger();
            Flux<Integer> flux = feed.flux(() -> {
                int call = calls.incrementAndGet();
                return Flux.deferContextual(context -> {
                    tokens.add(context.get(Lease.class).token().value());
                    return Flux.just(call, call);
                });
            });
            assertThat(flux.collectList().block(LONG)).containsExactly(1, 1);
            assertThat(flux.collectList().block(LONG)).containsExactly(2, 2);
            assertThat(tokens).hasSize(2).doesNotHaveDuplicates();
            assertThat(locks.locks()).isEmpty();
        });
    }

    @Test
    void theLockIsReleasedBeforeTheEndIsTold() {
        run((feed, locks, time) -> {
            AtomicInteger heldInside = new AtomicInteger();
            Supplier<Integer> held = () -> locks.locks().size();
            assertThat(feed.mono(() -> Mono.fromSupplier(held).doOnNext(heldInside::set))
                            .map(value -> held.get())
                            .block(LONG))
                    .isZero();
            assertThat(heldInside).hasValue(1);
            StepVerifier.create(feed.flux(() -> Flux.range(0, 2)).concatWith(Mono.fromSupplier(held)))
                    .expectNext(0, 1, 0)
                    .verifyComplete();
        });
    }

    @Test
    void anErrorReleasesTheLock() {
        run((feed, locks, time) -> {
            StepVerifier.create(feed.mono(() -> Mono.error(new IllegalStateException("own"))))
                    .verifyErrorMessage("own");
            StepVerifier.create(feed.flux(() -> {
                        throw new IllegalStateException("thrown");
                    }))
                    .verifyErrorMessage("thrown");
            StepVerifier.create(feed.mono(() -> null)).verifyError(IllegalStateException.class);
            assertThat(locks.locks()).isEmpty();
        });
    }

    @Test
    void cancellationReleasesTheLock() {
        run((feed, locks, time) -> {
            Disposable mono = feed.mono(Mono::never).subscribe();
            assertThat(locks.locks()).hasSize(1);
            mono.dispose();
            assertThat(locks.locks()).isEmpty();
            assertThat(feed.flux(() -> Flux.range(0, 100)).take(1).collectList().block(LONG))
                    .containsExactly(0);
            assertThat(locks.locks()).isEmpty();
        });
    }

    @Test
    void cancellationEndsTheWait() {
        run((feed, locks, time) -> {
            try (Lease elsewhere = locks.acquire(Resource.named("feed"))) {
                assertThat(elsewhere.token()).isNotNull();
                Disposable waiting = feed.waiting(() -> Mono.just(1)).subscribe();
                assertThat(waiting(locks)).isEqualTo(1);
                waiting.dispose();
                assertThat(waiting(locks)).isZero();
            }
            assertThat(locks.locks()).isEmpty();
        });
    }

    @Test
    void aGrantThatCrossesACancellationIsGivenBack() {
        run((feed, locks, time) -> {
            for (int i = 0; i < 300; i++) {
                Lease elsewhere = locks.acquire(Resource.named("feed"));
                Disposable waiting = feed.waiting(Mono::never).subscribe();
                CountDownLatch both = new CountDownLatch(2);
                Disposable release = Schedulers.parallel().schedule(() -> {
                    meet(both);
                    elsewhere.close();
                });
                meet(both);
                waiting.dispose();
                await().pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> locks.locks().isEmpty());
                release.dispose();
            }
        });
    }

    @Test
    void waitingBlocksNoThread() {
        run((feed, locks, time) -> {
            AtomicReference<Object> result = new AtomicReference<>();
            Lease elsewhere = locks.acquire(Resource.named("feed"));
            feed.waiting(() -> Mono.just(1)).subscribe(result::set);
            assertThat(result.get()).isNull();
            elsewhere.close();
            await().until(() -> result.get() != null);
        });
    }

    @Test
    void aMethodWithinTheSameSubscriptionMayUseTheSameLock() {
        run((feed, locks, time) -> {
            Mono<Boolean> nested = feed.mono(() -> Mono.deferContextual(outer -> feed.mono(() ->
                            Mono.deferContextual(inner -> Mono.just(inner.get(Lease.class)
                                    .token()
                                    .equals(outer.get(Lease.class).token()))))
                    .publishOn(Schedulers.parallel())));
            assertThat(nested.block(LONG)).isTrue();
            assertThat(locks.locks()).isEmpty();
        });
    }

    @Test
    void theLeaseInTheContextGivesNoRightToReenter() {
        run((feed, locks, time) -> {
            Lease elsewhere = locks.acquire(Resource.named("feed"));
            StepVerifier.create(
                            feed.mono(() -> Mono.just(1)).contextWrite(context -> context.put(Lease.class, elsewhere)))
                    .verifyError(LockNotAcquiredException.class);
            elsewhere.close();
        });
    }

    @Test
    void aBusyLockFailsOrSkipsAsAskedFor() {
        run((feed, locks, time) -> {
            try (Lease elsewhere = locks.acquire(Resource.named("feed"))) {
                assertThat(elsewhere.token()).isNotNull();
                StepVerifier.create(feed.mono(() -> Mono.just(1))).verifyError(LockNotAcquiredException.class);
                StepVerifier.create(feed.skippedMono()).verifyComplete();
                StepVerifier.create(feed.skippedFlux()).verifyComplete();
            }
            locks.shutDown();
            StepVerifier.create(feed.skippedFlux()).verifyError(LockNotAcquiredException.class);
        });
    }

    @Test
    void aLostLeaseFailsThePublisherWhenItEnds() {
        run((feed, locks, time) -> {
            StepVerifier.create(feed.mono(() -> losing(time).thenReturn(1))).verifyError(LeaseLostException.class);
            StepVerifier.create(feed.flux(() -> losing(time).thenMany(Flux.just(1, 2))))
                    .expectNext(1, 2)
                    .verifyError(LeaseLostException.class);
        });
    }

    @Test
    void anErrorOfThePublisherGoesBeforeTheLossOfTheLease() {
        run((feed, locks, time) -> assertThatThrownBy(() -> feed.mono(
                                () -> losing(time).then(Mono.error(new IllegalStateException("own"))))
                        .block(LONG))
                .hasMessage("own")
                .satisfies(
                        own -> assertThat(own.getSuppressed()).hasAtLeastOneElementOfType(LeaseLostException.class)));
    }

    @Test
    void aLostLeaseEndsThePublisherAtOnceWhereAskedFor() {
        run((feed, locks, time) -> {
            AtomicReference<Lease> lease = new AtomicReference<>();
            AtomicInteger cancelled = new AtomicInteger();
            Mono<Integer> endless = Mono.<Integer>deferContextual(context -> {
                        lease.set(context.get(Lease.class));
                        return Mono.never();
                    })
                    .doOnCancel(cancelled::incrementAndGet);
            StepVerifier.create(feed.interruptedMono(() -> endless))
                    .expectSubscription()
                    .then(() -> time.lose(lease.get()))
                    .expectError(LeaseLostException.class)
                    .verify(LONG);
            assertThat(cancelled).hasValue(1);
            StepVerifier.create(feed.interruptedFlux(() -> Flux.just(1).concatWith(endless)))
                    .expectNext(1)
                    .then(() -> time.lose(lease.get()))
                    .expectError(LeaseLostException.class)
                    .verify(LONG);
            assertThat(cancelled).hasValue(2);
            assertThat(locks.locks()).isEmpty();
        });
    }

    private static Mono<LeaseState> losing(JumpingTime time) {
        return Mono.deferContextual(context -> {
            Lease lease = context.get(Lease.class);
            time.lose(lease);
            return Mono.just(lease.state());
        });
    }

    private static int waiting(DistributedLockManager locks) {
        return locks.locks().stream().mapToInt(LockStatus::waiting).sum();
    }

    private static void meet(CountDownLatch both) {
        both.countDown();
        while (both.getCount() > 0) {
            Thread.onSpinWait();
        }
    }

    private static void run(Check check) {
        LockContext.with(Feed.class, JumpingTime.class).run(app -> {
            assertThat(app).hasNotFailed();
            check.run(
                    app.getBean(Feed.class), app.getBean(DistributedLockManager.class), app.getBean(JumpingTime.class));
        });
    }

    private interface Check {
        void run(Feed feed, DistributedLockManager locks, JumpingTime time) throws Exception;
    }

    static class Feed {

        @WithLock(name = "feed", waitAtMost = "0s")
        <T> Mono<T> mono(Supplier<Mono<T>> body) {
            return body.get();
        }

        @WithLock(name = "feed", waitAtMost = "0s")
        <T> Flux<T> flux(Supplier<Flux<T>> body) {
            return body.get();
        }

        @WithLock("feed")
        <T> Mono<T> waiting(Supplier<Mono<T>> body) {
            return body.get();
        }

        @WithLock(name = "feed", onLost = OnLost.INTERRUPT)
        <T> Mono<T> interruptedMono(Supplier<Mono<T>> body) {
            return body.get();
        }

        @WithLock(name = "feed", onLost = OnLost.INTERRUPT)
        <T> Flux<T> interruptedFlux(Supplier<Flux<T>> body) {
            return body.get();
        }

        @WithLock(name = "feed", waitAtMost = "0s", whenBusy = WhenBusy.SKIP)
        Mono<Integer> skippedMono() {
            return Mono.just(1);
        }

        @WithLock(name = "feed", waitAtMost = "0s", whenBusy = WhenBusy.SKIP)
        Flux<Integer> skippedFlux() {
            return Flux.just(1);
        }
    }
}
