package io.coordination.spring.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coordination.annotation.WhenBusy;
import io.coordination.annotation.WithLock;
import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.Lease;
import io.coordination.lock.LeaseLostException;
import io.coordination.lock.LockNotAcquiredException;
import io.coordination.lock.OnLost;
import io.coordination.lock.Resource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;

@Tag("aop")
class StageCallTests {

    private final CompletableFuture<String> work = new CompletableFuture<>();

    @Test
    void theLockIsHeldUntilTheStageCompletes() {
        run((app, jobs, locks) -> {
            CompletableFuture<String> result = jobs.future(() -> {
                assertThat(locks.current()).isPresent();
                return work;
            });
            assertThat(locks.current()).isEmpty();
            assertThat(locks.locks()).hasSize(1);
            CompletableFuture<Integer> heldThen =
                    result.thenApply(value -> locks.locks().size());
            work.complete("done");
            assertThat(result).isCompletedWithValue("done");
            assertThat(heldThen).isCompletedWithValue(0);
        });
    }

    @Test
    void aFailingStageReleasesTheLock() {
        run((app, jobs, locks) -> {
            CompletionStage<String> result = jobs.stage(() -> work);
            work.completeExceptionally(new IllegalStateException("own"));
            assertThatThrownBy(result.toCompletableFuture()::join).hasRootCauseMessage("own");
            assertThat(locks.locks()).isEmpty();
        });
    }

    @Test
    void aMethodThatThrowsInsteadOfReturningAStageReleasesTheLock() {
        run((app, jobs, locks) -> {
            assertThatThrownBy(() -> jobs.future(() -> {
                        throw new IllegalStateException("own");
                    }))
                    .hasMessage("own");
            assertThat(locks.locks()).isEmpty();
            assertThat(locks.current()).isEmpty();
        });
    }

    @Test
    void aMethodThatReturnsNoStageReleasesTheLock() {
        run((app, jobs, locks) -> {
            assertThat(jobs.future(() -> null)).isNull();
            assertThat(locks.locks()).isEmpty();
        });
    }

    @Test
    void cancellingTheResultCancelsTheWorkAndReleasesTheLock() {
        run((app, jobs, locks) -> {
            CompletableFuture<String> result = jobs.future(() -> work);
            assertThat(result.cancel(true)).isTrue();
            assertThat(work).isCancelled();
            assertThat(result).isCancelled();
            assertThat(locks.locks()).isEmpty();
        });
    }

    @Test
    void cancellingTheResultReleasesTheLockOfWorkThatCannotBeCancelled() {
        run((app, jobs, locks) -> {
            CompletionStage<String> result = jobs.stage(work::minimalCompletionStage);
            assertThat(result.toCompletableFuture().cancel(true)).isTrue();
            assertThat(locks.locks()).isEmpty();
        });
    }

    @Test
    void aResultThatIsCompletedFromOutsideLeavesTheLockToTheWork() {
        run((app, jobs, locks) -> {
            CompletableFuture<String> result = jobs.future(() -> work).orTimeout(1, TimeUnit.NANOSECONDS);
            assertThatThrownBy(result::join).isInstanceOf(CompletionException.class);
            assertThat(locks.locks()).hasSize(1);
            work.complete("late");
            assertThat(locks.locks()).isEmpty();
        });
    }

    @Test
    void aLostLeaseFailsTheResult() {
        run((app, jobs, locks) -> {
            CompletableFuture<String> result = jobs.future(() -> losingTheLease(app, locks));
            assertThat(result).isNotDone();
            work.complete("done");
            assertThatThrownBy(result::join).hasCauseInstanceOf(LeaseLostException.class);
        });
    }

    @Test
    void aFailureOfTheWorkGoesBeforeTheLossOfTheLease() {
        run((app, jobs, locks) -> {
            CompletableFuture<String> result = jobs.future(() -> losingTheLease(app, locks));
            work.completeExceptionally(new IllegalStateException("own"));
            assertThatThrownBy(result::join)
                    .hasRootCauseMessage("own")
                    .satisfies(thrown -> assertThat(thrown.getCause().getSuppressed())
                            .hasSize(1)
                            .hasOnlyElementsOfType(LeaseLostException.class));
        });
    }

    @Test
    void aLostLeaseEndsTheWorkAtOnceWhereAskedFor() {
        run((app, jobs, locks) -> {
            CompletableFuture<String> result = jobs.interrupted(() -> losingTheLease(app, locks));
            assertThatThrownBy(result::join).hasCauseInstanceOf(LeaseLostException.class);
            assertThatThrownBy(work::join).isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isFalse();
        });
    }

    @Test
    void aBusyLockFailsOrSkipsAsAskedFor() {
        run((app, jobs, locks) -> {
            try (Lease elsewhere = locks.acquire(Resource.named("job"))) {
                assertThat(elsewhere.token()).isNotNull();
                assertThatThrownBy(() -> jobs.future(() -> work)).isInstanceOf(LockNotAcquiredException.class);
                assertThat(jobs.skippedVoid()).isCompletedWithValue(null);
                assertThat(jobs.skippedOptional().toCompletableFuture()).isCompletedWithValue(Optional.empty());
            }
        });
    }

    private CompletableFuture<String> losingTheLease(AssertableApplicationContext app, DistributedLockManager locks) {
        app.getBean(JumpingTime.class).lose(locks.current().orElseThrow());
        return work;
    }

    private static void run(Check check) {
        LockContext.with(Jobs.class, JumpingTime.class)
                .run(app -> check.run(app, app.getBean(Jobs.class), app.getBean(DistributedLockManager.class)));
    }

    private interface Check {
        void run(AssertableApplicationContext app, Jobs jobs, DistributedLockManager locks) throws Exception;
    }

    static class Jobs {

        @WithLock(name = "job", waitAtMost = "0s")
        CompletableFuture<String> future(Supplier<CompletableFuture<String>> body) {
            return body.get();
        }

        @WithLock(name = "job", waitAtMost = "0s")
        CompletionStage<String> stage(Supplier<CompletionStage<String>> body) {
            return body.get();
        }

        @WithLock(name = "job", onLost = OnLost.INTERRUPT)
        CompletableFuture<String> interrupted(Supplier<CompletableFuture<String>> body) {
            return body.get();
        }

        @WithLock(name = "job", waitAtMost = "0s", whenBusy = WhenBusy.SKIP)
        CompletableFuture<Void> skippedVoid() {
            throw new IllegalStateException("ran");
        }

        @WithLock(name = "job", waitAtMost = "0s", whenBusy = WhenBusy.SKIP)
        CompletionStage<Optional<String>> skippedOptional() {
            throw new IllegalStateException("ran");
        }
    }
}
