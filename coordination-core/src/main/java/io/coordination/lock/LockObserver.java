package io.coordination.lock;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Learns what happens to the locks of one manager: for metrics, history, events.
 *
 * <p>Threads: called from any thread, in order for one resource. Blocking: must not. Failure: what it throws is logged and
 * changes nothing. Re-entry of a held lease is not reported.
 */
public interface LockObserver {

    /** An acquisition was not served at once and waits. Followed by exactly one of acquired and notAcquired. */
    default void waiting(Resource resource) {}

    /**
     * A lease was granted.
     *
     * @param contended whether {@link #waiting} was reported before
     */
    default void acquired(Resource resource, FencingToken token, Duration waited, boolean contended) {}

    /** An acquisition ended without a lease; {@code reason} is null if the caller gave up (interrupt, cancellation). */
    default void notAcquired(
            Resource resource, Duration waited, boolean contended, LockNotAcquiredException.@Nullable Reason reason) {}

    /** A renewal failed or was not answered. */
    default void atRisk(Resource resource, FencingToken token) {}

    /** A lease ended, released or lost. */
    default void ended(EndedLease ended) {}

    /** A lease was lost; {@link #ended} follows. */
    default void lost(LeaseLoss loss) {}
}
