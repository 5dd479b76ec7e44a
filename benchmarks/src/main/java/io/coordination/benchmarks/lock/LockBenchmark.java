package io.coordination.benchmarks.lock;

import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.Lease;
import io.coordination.lock.LockManagerBuilder;
import io.coordination.lock.LockOptions;
import io.coordination.lock.Resource;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.integration.support.locks.DefaultLockRegistry;

/** Takes one of several locks and gives it back. The number of threads is set by whoever runs it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LockBenchmark {

    /** How many names there are to choose from. */
    @Param("1")
    public int names;

    // On two cores 32 threads may wait for seconds; a benchmark of waiting must not end by giving up.
    private final LockOptions options = LockOptions.defaults().withWaitAtMost(Duration.ofMinutes(5));
    private final DistributedLockManager manager = new LockManagerBuilder().build();
    private final Striped fair = new Striped(true);
    private final Striped unfair = new Striped(false);
    private final DefaultLockRegistry registry = new DefaultLockRegistry();
    private Resource[] resources = {};
    private String[] keys = {};

    @Setup
    public void name() {
        resources = new Resource[names];
        keys = new String[names];
        for (int i = 0; i < names; i++) {
            resources[i] = Resource.of("seat", Integer.toString(i));
            keys[i] = "seat:" + i;
        }
    }

    @TearDown
    public void close() {
        manager.close();
    }

    @Benchmark
    public long lease() throws InterruptedException {
        try (Lease lease = manager.acquire(resources[any()], options)) {
            return lease.token().value();
        }
    }

    @Benchmark
    public int reentrantLockFair() {
        return under(fair.of(keys[any()]));
    }

    @Benchmark
    public int reentrantLockUnfair() {
        return under(unfair.of(keys[any()]));
    }

    @Benchmark
    public int defaultLockRegistry() {
        return under(registry.obtain(keys[any()]));
    }

    private int any() {
        return names == 1 ? 0 : ThreadLocalRandom.current().nextInt(names);
    }

    private static int under(Lock lock) {
        lock.lock();
        try {
            return lock.hashCode();
        } finally {
            lock.unlock();
        }
    }
}
