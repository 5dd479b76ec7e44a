package io.coordination.spring.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coordination.annotation.WhenBusy;
import io.coordination.annotation.WithLock;
import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.FencingToken;
import io.coordination.lock.Lease;
import io.coordination.lock.LeaseLostException;
import io.coordination.lock.LockNotAcquiredException;
import io.coordination.lock.OnLost;
import io.coordination.lock.Resource;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.annotation.AliasFor;

@Tag("aop")
class SynchronousCallTests {

    @Test
    void theLockIsReleasedWhenTheMethodThrows() {
        LockContext.with(Desk.class).run(app -> {
            assertThatThrownBy(() -> app.getBean(Desk.class).run("1", () -> {
                        throw new IllegalStateException("own");
                    }))
                    .hasMessage("own");
            assertThat(app.getBean(DistributedLockManager.class).locks()).isEmpty();
        });
    }

    @Test
    void aBusyLockEndsTheCallWithoutRunningTheMethod() {
        LockContext.with(Desk.class).run(app -> {
            try (Lease elsewhere = app.getBean(DistributedLockManager.class).acquire(Resource.of("desk", "1"))) {
                assertThat(elsewhere.token()).isNotNull();
                assertThatThrownBy(() -> app.getBean(Desk.class).run("1", () -> "ran"))
                        .isInstanceOf(LockNotAcquiredException.class)
                        .hasMessageContaining("desk");
                assertThat(app.getBean(Desk.class).run("2", () -> "ran")).isEqualTo("ran");
            }
        });
    }

    @Test
    void theMethodMayCallAnotherUnderTheSameLock() {
        LockContext.with(Desk.class).run(app -> {
            Desk desk = app.getBean(Desk.class);
            DistributedLockManager locks = app.getBean(DistributedLockManager.class);
            Object tokens = desk.run(
                    "1",
                    () -> List.of(
                            locks.current().orElseThrow().token(),
                            desk.run("1", () -> locks.current().orElseThrow().token())));
            assertThat((List<?>) tokens)
                    .hasSize(2)
                    .satisfies(both -> assertThat(both.get(0)).isEqualTo(both.get(1)));
            assertThat(locks.locks()).isEmpty();
        });
    }

    @Test
    void theNameIsThatOfClassAndMethodIfNoneIsGiven() {
        LockContext.with(Desk.class)
                .run(app -> assertThat(app.getBean(Desk.class).unnamed()).isEqualTo(Resource.named("Desk.unnamed")));
    }

    @Test
    void settingsOfTheNameGoBeforeTheAnnotationAndThatBeforeSettingsOfAllLocks() {
        LockContext.with(Desk.class)
                .withPropertyValues("coordination.locks.lease=3h", "coordination.locks.names.named.lease=6h")
                .run(app -> {
                    assertThat(app.getBean(Desk.class).plainLease())
                            .isBetween(Duration.ofHours(2), Duration.ofHours(3));
                    assertThat(app.getBean(Desk.class).annotatedLease())
                            .isBetween(Duration.ofHours(0), Duration.ofHours(1));
                    assertThat(app.getBean(Desk.class).namedLease())
                            .isBetween(Duration.ofHours(5), Duration.ofHours(6));
                });
    }

    @Test
    void aNameMayComeFromAProperty() {
        LockContext.with(Desk.class)
                .withPropertyValues("desk.lock=front desk")
                .run(app -> assertThat(app.getBean(Desk.class).configured()).isEqualTo(Resource.named("front desk")));
    }

    @Test
    void anotherAnnotationMayStandForTheAnnotation() {
        LockContext.with(Desk.class).run(app -> {
            assertThat(app.getBean(Desk.class).composed("7")).isEqualTo(Resource.of("order", "7"));
            try (Lease elsewhere = app.getBean(DistributedLockManager.class).acquire(Resource.of("order", "7"))) {
                assertThat(elsewhere.token()).isNotNull();
                assertThat(app.getBean(Desk.class).composedOrNothing("7")).isEmpty();
            }
        });
    }

    @Test
    void aBusyLockSkipsTheCallWhereAskedFor() {
        LockContext.with(Desk.class).run(app -> {
            try (Lease elsewhere = app.getBean(DistributedLockManager.class).acquire(Resource.named("skipped"))) {
                assertThat(elsewhere.token()).isNotNull();
                assertThat(app.getBean(Desk.class).skippedOptional()).isEmpty();
                app.getBean(Desk.class).skippedVoid();
                assertThat(app.getBean(Desk.class).hasRun()).isFalse();
            }
            assertThat(app.getBean(Desk.class).skippedOptional()).contains("ran");
        });
    }

    @Test
    void aManagerThatShutsDownIsNoReasonToSkip() {
        LockContext.with(Desk.class).run(app -> {
            app.getBean(DistributedLockManager.class).shutDown();
            assertThatThrownBy(() -> app.getBean(Desk.class).skippedVoid())
                    .isInstanceOfSatisfying(
                            LockNotAcquiredException.class,
                            refused ->
                                    assertThat(refused.reason()).isEqualTo(LockNotAcquiredException.Reason.SHUT_DOWN));
        });
    }

    @Test
    void anInterruptWhileWaitingReachesAMethodThatDeclaresIt() {
        LockContext.with(Desk.class).run(app -> {
            try (Lease elsewhere = app.getBean(DistributedLockManager.class).acquire(Resource.named("wait"))) {
                assertThat(elsewhere.token()).isNotNull();
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> app.getBean(Desk.class).interruptible())
                        .isInstanceOf(InterruptedException.class);
                assertThat(Thread.interrupted()).isFalse();
            }
        });
    }

    @Test
    void anInterruptWhileWaitingIsKeptForAMethodThatDoesNotDeclareIt() {
        LockContext.with(Desk.class).run(app -> {
            try (Lease elsewhere = app.getBean(DistributedLockManager.class).acquire(Resource.named("wait"))) {
                assertThat(elsewhere.token()).isNotNull();
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> app.getBean(Desk.class).uninterruptible())
                        .isInstanceOf(LockWaitInterruptedException.class)
                        .hasMessageContaining("\"wait\"")
                        .hasMessageContaining("Desk.uninterruptible was not run");
                assertThat(Thread.interrupted()).isTrue();
            }
        });
    }

    @Test
    void aLostLeaseEndsACallThatReturned() {
        LockContext.with(Desk.class, JumpingTime.class).run(app -> {
            DistributedLockManager locks = app.getBean(DistributedLockManager.class);
            JumpingTime time = app.getBean(JumpingTime.class);
            assertThatThrownBy(() -> app.getBean(Desk.class).guarded(() -> {
                        time.lose(locks.current().orElseThrow());
                        return "returned";
                    }))
                    .isInstanceOf(LeaseLostException.class);
        });
    }

    @Test
    void anExceptionOfTheMethodGoesBeforeTheLossOfTheLease() {
        LockContext.with(Desk.class, JumpingTime.class).run(app -> {
            DistributedLockManager locks = app.getBean(DistributedLockManager.class);
            JumpingTime time = app.getBean(JumpingTime.class);
            assertThatThrownBy(() -> app.getBean(Desk.class).guarded(() -> {
                        time.lose(locks.current().orElseThrow());
                        throw new IllegalStateException("own");
                    }))
                    .hasMessage("own")
                    .satisfies(own ->
                            assertThat(own.getSuppressed()).hasSize(1).hasOnlyElementsOfType(LeaseLostException.class));
        });
    }

    @Test
    void aLostLeaseInterruptsTheMethodWhereAskedFor() {
        LockContext.with(Desk.class, JumpingTime.class).run(app -> {
            DistributedLockManager locks = app.getBean(DistributedLockManager.class);
            JumpingTime time = app.getBean(JumpingTime.class);
            assertThatThrownBy(() -> app.getBean(Desk.class)
                            .interruptedWhenLost(() -> time.lose(locks.current().orElseThrow())))
                    .isInstanceOf(InterruptedException.class)
                    .satisfies(own -> assertThat(own.getSuppressed()).hasOnlyElementsOfType(LeaseLostException.class));
            assertThat(Thread.interrupted()).isFalse();
        });
    }

    @Test
    void theTokenRisesFromCallToCall() {
        LockContext.with(Desk.class).run(app -> {
            DistributedLockManager locks = app.getBean(DistributedLockManager.class);
            Supplier<Object> token = () -> locks.current().orElseThrow().token();
            FencingToken first = (FencingToken) app.getBean(Desk.class).run("1", token);
            FencingToken second = (FencingToken) app.getBean(Desk.class).run("1", token);
            assertThat(second).isGreaterThan(first);
        });
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @WithLock(name = "order", waitAtMost = "0s")
    @interface OrderLock {

        @AliasFor(annotation = WithLock.class, attribute = "key")
        String order();

        @AliasFor(annotation = WithLock.class, attribute = "whenBusy")
        WhenBusy otherwise() default WhenBusy.FAIL;
    }

    static class Desk {

        private final ObjectProvider<DistributedLockManager> locks;
        private boolean ran;

        Desk(ObjectProvider<DistributedLockManager> locks) {
            this.locks = locks;
        }

        private Resource current() {
            return locks.getObject().current().orElseThrow().resource();
        }

        boolean hasRun() {
            return ran;
        }

        @WithLock(name = "desk", key = "#id", waitAtMost = "0s")
        Object run(String id, Supplier<?> body) {
            return body.get();
        }

        private Duration remaining() {
            return locks.getObject().current().orElseThrow().remaining();
        }

        @WithLock("plain")
        Duration plainLease() {
            return remaining();
        }

        @WithLock(name = "annotated", lease = "1h")
        Duration annotatedLease() {
            return remaining();
        }

        @WithLock(name = "named", lease = "1h")
        Duration namedLease() {
            return remaining();
        }

        @WithLock
        Resource unnamed() {
            return current();
        }

        @WithLock("${desk.lock:desk}")
        Resource configured() {
            return current();
        }

        @OrderLock(order = "#id")
        Resource composed(String id) {
            return current();
        }

        @OrderLock(order = "#id", otherwise = WhenBusy.SKIP)
        Optional<Resource> composedOrNothing(String id) {
            return Optional.of(current());
        }

        @WithLock(name = "skipped", waitAtMost = "0s", whenBusy = WhenBusy.SKIP)
        Optional<String> skippedOptional() {
            return Optional.of("ran");
        }

        @WithLock(name = "skipped", waitAtMost = "0s", whenBusy = WhenBusy.SKIP)
        void skippedVoid() {
            ran = true;
        }

        @WithLock("wait")
        void interruptible() throws InterruptedException {}

        @WithLock("wait")
        void uninterruptible() {}

        @WithLock("guarded")
        String guarded(Supplier<String> body) {
            return body.get();
        }

        @WithLock(name = "guarded", onLost = OnLost.INTERRUPT)
        void interruptedWhenLost(Runnable loss) throws InterruptedException {
            loss.run();
            new CountDownLatch(1).await();
        }
    }
}
