package io.coordination.spring.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.annotation.WithLock;
import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.Lease;
import io.coordination.lock.Resource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

@Tag("aop")
class OtherAdviceTests {

    @Test
    void anAsyncMethodTakesItsLockOnTheThreadThatRunsIt() {
        LockContext.with(WithAsync.class, Worker.class)
                .withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
                .run(app -> {
                    DistributedLockManager locks = app.getBean(DistributedLockManager.class);
                    CompletableFuture<String> result;
                    try (Lease elsewhere = locks.acquire(Resource.named("worker"))) {
                        result = app.getBean(Worker.class).async();
                        assertThat(elsewhere.token()).isNotNull();
                        assertThat(result).isNotDone();
                    }
                    assertThat(result.join())
                            .isNotEqualTo(Thread.currentThread().getName())
                            .isEqualTo(app.getBean(Worker.class).holders().get(0));
                });
    }

    @Test
    void everyAttemptOfARetryTakesTheLockAnew() {
        LockContext.with(WithRetry.class, Worker.class).run(app -> {
            app.getBean(Worker.class).retried();
            assertThat(app.getBean(Worker.class).tokens()).hasSize(3).doesNotHaveDuplicates();
            assertThat(app.getBean(DistributedLockManager.class).locks()).isEmpty();
        });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    static class WithAsync {}

    @Configuration(proxyBeanMethods = false)
    @EnableResilientMethods
    static class WithRetry {}

    static class Worker {

        private final DistributedLockManager locks;
        private final List<String> holders = new CopyOnWriteArrayList<>();
        private final List<Long> tokens = new CopyOnWriteArrayList<>();

        Worker(DistributedLockManager locks) {
            this.locks = locks;
        }

        List<String> holders() {
            return holders;
        }

        List<Long> tokens() {
            return tokens;
        }

        @Async
        @WithLock("worker")
        CompletableFuture<String> async() {
            holders.add(locks.current().orElseThrow().holder().thread());
            return CompletableFuture.completedFuture(Thread.currentThread().getName());
        }

        @Retryable(maxRetries = 2, delay = 1)
        @WithLock("worker")
        void retried() {
            tokens.add(locks.current().orElseThrow().token().value());
            if (tokens.size() < 3) {
                throw new IllegalStateException("again");
            }
        }
    }
}
