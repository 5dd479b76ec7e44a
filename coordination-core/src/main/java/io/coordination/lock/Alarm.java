package io.coordination.lock;

import io.coordination.time.Scheduler;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one timer of a manager. Leases by the thousand share it: a step that wants to be woken later than what is set already
 * costs nothing, and what has become unnecessary costs one look when it rings.
 */
final class Alarm {

    static final long NEVER = Long.MAX_VALUE;

    private final Scheduler scheduler;
    private final LongSupplier onRing;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile long setFor = NEVER;
    private Scheduler.@Nullable Scheduled scheduled;
    private boolean closed;

    /** {@code onRing} does what is due and returns when it wants to be woken next. */
    Alarm(Scheduler scheduler, LongSupplier onRing) {
        this.scheduler = scheduler;
        this.onRing = onRing;
    }

    void ringNoLaterThan(long nanos) {
        if (nanos >= setFor) {
            return;
        }
        lock.lock();
        try {
            if (nanos < setFor && !closed) {
                if (scheduled != null) {
                    scheduled.cancel();
                }
                setFor = nanos;
                scheduled = scheduler.at(nanos, this::ring);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Rings no more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            if (scheduled != null) {
                scheduled.cancel();
            }
        } finally {
            lock.unlock();
        }
    }

    private void ring() {
        lock.lock();
        try {
            setFor = NEVER;
            scheduled = null;
        } finally {
            lock.unlock();
        }
        ringNoLaterThan(onRing.getAsLong());
    }
}
