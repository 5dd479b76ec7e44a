package io.coordination.lock;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to take and hold a lease. Immutable; {@code with...} methods return a copy.
 *
 * @param lease how long the lease outlives its holder's last successful renewal; default 30 s
 * @param waitAtMost how long to wait for it, zero to try once; null for {@code retryInterval * maxRetries}
 * @param retryInterval the least pause between two attempts of a waiter; default 100 ms
 * @param maxRetries with {@code retryInterval} the default wait; default 300
 * @param maximumHold when a lease ends although its holder goes on; default 10 minutes
 * @param onLost what the loss of the lease does to the body under it; default {@link OnLost#REPORT}
 * @param renew whether the lease renews itself; if not, it ends after {@code lease}; default true
 */
public record LockOptions(
        Duration lease,
        @Nullable Duration waitAtMost,
        Duration retryInterval,
        int maxRetries,
        Duration maximumHold,
        OnLost onLost,
        boolean renew) {

    /** The longest duration that any option takes. */
    public static final Duration LONGEST = Duration.ofDays(365);

    private static final Duration SHORTEST_LEASE = Duration.ofMillis(1);

    private static final LockOptions DEFAULTS = new LockOptions(
            Duration.ofSeconds(30), null, Duration.ofMillis(100), 300, Duration.ofMinutes(10), OnLost.REPORT, true);

    public LockOptions {
        requirePositive("lease", lease);
        if (lease.compareTo(SHORTEST_LEASE) < 0) {
            throw new IllegalArgumentException("lease is at least 1 ms, but was " + lease + ".");
        }
        requirePositive("retryInterval", retryInterval);
        requirePositive("maximumHold", maximumHold);
        Objects.requireNonNull(onLost, "onLost");
        if (waitAtMost != null) {
            requireAtMostLongest("waitAtMost", waitAtMost);
            if (waitAtMost.isNegative()) {
                throw new IllegalArgumentException("waitAtMost is not negative, but was " + waitAtMost
                        + ". Zero tries once; null means retryInterval times maxRetries.");
            }
        }
        if (maxRetries < 0) {
            throw new IllegalArgumentException("maxRetries is not negative, but was " + maxRetries + ".");
        }
    }

    /** Lease 30 s, renewed; wait 30 s; hold at most 10 minutes; report a loss. */
    public static LockOptions defaults() {
        return DEFAULTS;
    }

    public LockOptions withLease(Duration value) {
        return new LockOptions(value, waitAtMost, retryInterval, maxRetries, maximumHold, onLost, renew);
    }

    public LockOptions withWaitAtMost(@Nullable Duration value) {
        return new LockOptions(lease, value, retryInterval, maxRetries, maximumHold, onLost, renew);
    }

    public LockOptions withRetryInterval(Duration value) {
        return new LockOptions(lease, waitAtMost, value, maxRetries, maximumHold, onLost, renew);
    }

    public LockOptions withMaxRetries(int value) {
        return new LockOptions(lease, waitAtMost, retryInterval, value, maximumHold, onLost, renew);
    }

    public LockOptions withMaximumHold(Duration value) {
        return new LockOptions(lease, waitAtMost, retryInterval, maxRetries, value, onLost, renew);
    }

    public LockOptions withOnLost(OnLost value) {
        return new LockOptions(lease, waitAtMost, retryInterval, maxRetries, maximumHold, value, renew);
    }

    public LockOptions withRenew(boolean value) {
        return new LockOptions(lease, waitAtMost, retryInterval, maxRetries, maximumHold, onLost, value);
    }

    /** The wait in nanoseconds, whichever way it is given. */
    long waitNanos() {
        if (waitAtMost != null) {
            return waitAtMost.toNanos();
        }
        return Math.min(
                LONGEST.toNanos(), Math.multiplyExact(retryInterval.toNanos() / 1_000, (long) maxRetries) * 1_000);
    }

    private static void requirePositive(String what, Duration value) {
        requireAtMostLongest(what, value);
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(what + " is longer than zero, but was " + value + ".");
        }
    }

    private static void requireAtMostLongest(String what, Duration value) {
        Objects.requireNonNull(value, what);
        if (value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(what + " is at most 365 days, but was " + value + ".");
        }
    }
}
