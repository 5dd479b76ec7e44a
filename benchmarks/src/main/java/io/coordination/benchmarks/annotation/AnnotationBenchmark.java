package io.coordination.benchmarks.annotation;

import com.baomidou.lock.spring.boot.autoconfigure.LockAutoConfiguration;
import io.coordination.benchmarks.annotation.Counter.Order;
import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.Lease;
import io.coordination.lock.LockOptions;
import io.coordination.lock.Resource;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.spring.annotation.EnableSchedulerLock;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A call of an annotated method, beside the same acquire and release from code, and beside peers' annotations. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AnnotationBenchmark {

    private @Nullable ConfigurableApplicationContext context;
    private Counter counter = new Counter();
    private DistributedLockManager locks = DistributedLockManager.inThisJvm();
    private final LockOptions options = LockOptions.defaults();
    private final Resource literal = Resource.named("literal");
    private final Order order = new Order(4711);

    @Setup
    public void start(BenchmarkParams params) {
        String method = params.getBenchmark().substring(params.getBenchmark().lastIndexOf('.') + 1);
        Class<?> application = method.startsWith("lock4j")
                ? WithLock4j.class
                : method.startsWith("shedLock") ? WithShedLock.class : WithCoordination.class;
        context = new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .properties("coordination.store=local", "spring.main.banner-mode=off", "logging.level.root=warn")
                .run();
        counter = context.getBean(Counter.class);
        if (application == WithCoordination.class) {
            locks = context.getBean(DistributedLockManager.class);
            Objects.requireNonNull(
                    context.getBean(MeterRegistry.class)
                            .find("coordination.lock.acquire")
                            .timer(),
                    "the meters are to be on");
        }
    }

    @TearDown
    public void close() {
        Objects.requireNonNull(context).close();
    }

    @Benchmark
    public void bare() {
        counter.bare(order);
    }

    @Benchmark
    @SuppressWarnings("try") // the lease is there to be held
    public void code() throws InterruptedException {
        try (Lease lease = locks.acquire(literal, options)) {
            counter.bare(order);
        }
    }

    @Benchmark
    @SuppressWarnings("try") // the lease is there to be held
    public void codeWithKey() throws InterruptedException {
        try (Lease lease = locks.acquire(Resource.of("keyed", Long.toString(order.id())), options)) {
            counter.bare(order);
        }
    }

    @Benchmark
    public void withLock() {
        counter.withLock(order);
    }

    @Benchmark
    public void withLockAndKey() {
        counter.withLockAndKey(order);
    }

    @Benchmark
    public void lock4j() {
        counter.lock4j(order);
    }

    @Benchmark
    public void lock4jWithKey() {
        counter.lock4jWithKey(order);
    }

    @Benchmark
    public void shedLock() {
        counter.shedLock(order);
    }

    @Benchmark
    public void shedLockWithKey() {
        counter.shedLockWithKey(order);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = LockAutoConfiguration.class)
    static class WithCoordination {

        @Bean
        Counter counter() {
            return new Counter();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(excludeName = "io.coordination.spring.autoconfigure.WithLockAutoConfiguration")
    static class WithLock4j {

        @Bean
        InMemoryLocks.Lock4jExecutor executor() {
            return new InMemoryLocks.Lock4jExecutor();
        }

        @Bean
        Counter counter() {
            return new Counter();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = LockAutoConfiguration.class,
            excludeName = "io.coordination.spring.autoconfigure.WithLockAutoConfiguration")
    @EnableSchedulerLock(defaultLockAtMostFor = "30s")
    static class WithShedLock {

        @Bean
        LockProvider provider() {
            return new InMemoryLocks.ShedLockProvider();
        }

        @Bean
        Counter counter() {
            return new Counter();
        }
    }
}
