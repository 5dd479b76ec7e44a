package io.coordination.lock;

import io.coordination.time.Moment;
import io.coordination.time.Scheduler;
import io.coordination.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the managers under a {@link ConcurrencyCheck} live in: no thread but those of the check, a clock that moves on by a
 * nanosecond with every look at it, and a timer that never rings. Whatever has to happen happens without the timer, or the
 * check sees a deadlock.
 */
final class ManualWorld implements TimeSource, Scheduler {

    /** Waits for longer than any check takes, and asks again at every wake-up. */
    static final LockOptions WAITING =
            LockOptions.defaults().withWaitAtMost(Duration.ofHours(1)).withRetryInterval(Duration.ofNanos(1));

    static final LockOptions ONCE = WAITING.withWaitAtMost(Duration.ZERO);

    private final AtomicLong nanos = new AtomicLong();

    DistributedLockManager manager(String nodeId, LeaseStore store) {
        return new LockManagerBuilder()
                .nodeId(nodeId)
                .store(store)
                .timeSource(this)
                .scheduler(this)
                .executor(Runnable::run)
                .build();
    }

    @Override
    public Moment now() {
        return new Moment(nanos.incrementAndGet(), 0);
    }

    @Override
    public Scheduled at(long when, Runnable task) {
        return () -> {};
    }

    @Override
    public void close() {}
}
