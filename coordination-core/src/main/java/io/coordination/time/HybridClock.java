package io.coordination.time;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock of microseconds that follows the wall clock and never repeats or falls. It orders waiters and tokens; it measures
 * nothing. Safe for any thread.
 *
 * <p>Source: S. Kulkarni et al., "Logical Physical Clocks", OPODIS 2014, with the logical part folded into the microseconds.
 */
public final class HybridClock {

    private final AtomicLong last = new AtomicLong();

    /** A value above every one returned or observed before, at least {@code wallMicros}. */
    public long next(long wallMicros) {
        while (true) {
            long previous = last.get();
            long next = Math.max(previous + 1, wallMicros);
            if (last.compareAndSet(previous, next)) {
                return next;
            }
        }
    }

    /** Lets later values exceed {@code micros}, which another clock has used. */
    public void observe(long micros) {
        last.accumulateAndGet(micros, Math::max);
    }
}
