package io.coordination.spring.lock;

import io.coordination.annotation.WhenBusy;
import io.coordination.lock.LockOptions;
import io.coordination.lock.OnLost;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a lock as far as one place gives them; each is null where that place says nothing.
 *
 * @param lease as in {@link LockOptions}
 * @param waitAtMost as in {@link LockOptions}
 * @param retryInterval as in {@link LockOptions}
 * @param maxRetries as in {@link LockOptions}
 * @param maximumHold as in {@link LockOptions}
 * @param onLost as in {@link LockOptions}
 * @param renew as in {@link LockOptions}
 * @param whenBusy what happens to a call when the lock is busy
 */
public record LockSettings(
        @Nullable Duration lease,
        @Nullable Duration waitAtMost,
        @Nullable Duration retryInterval,
        @Nullable Integer maxRetries,
        @Nullable Duration maximumHold,
        @Nullable OnLost onLost,
        @Nullable Boolean renew,
        @Nullable WhenBusy whenBusy) {

    static final LockSettings NONE = new LockSettings(null, null, null, null, null, null, null, null);

    /** These settings, and where they say nothing, the general ones. */
    LockSettings over(LockSettings general) {
        return new LockSettings(
                first(lease, general.lease),
                givesWait() ? waitAtMost : general.waitAtMost,
                first(retryInterval, general.retryInterval),
                first(maxRetries, general.maxRetries),
                first(maximumHold, general.maximumHold),
                first(onLost, general.onLost),
                first(renew, general.renew),
                first(whenBusy, general.whenBusy));
    }

    // Whoever gives retries means their product, not a more general wait that would hide it.
    private boolean givesWait() {
        return waitAtMost != null || retryInterval != null || maxRetries != null;
    }

    LockOptions over(LockOptions defaults) {
        return new LockOptions(
                lease == null ? defaults.lease() : lease,
                givesWait() ? waitAtMost : defaults.waitAtMost(),
                retryInterval == null ? defaults.retryInterval() : retryInterval,
                maxRetries == null ? defaults.maxRetries() : maxRetries,
                maximumHold == null ? defaults.maximumHold() : maximumHold,
                onLost == null ? defaults.onLost() : onLost,
                renew == null ? defaults.renew() : renew);
    }

    private static <T> @Nullable T first(@Nullable T specific, @Nullable T general) {
        return specific == null ? general : specific;
    }
}
