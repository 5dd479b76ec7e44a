package io.coordination.lock;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one resource stands, seen from this instance.
 *
 * @param resource which
 * @param held the lease this instance holds; null if it only waits
 * @param waiting how many acquisitions of this instance wait for it
 * @param heldElsewhere who holds it according to the last answer of the store, for people; null if unknown or held here
 */
public record LockStatus(
        Resource resource,
        @Nullable Held held,
        int waiting,
        @Nullable String heldElsewhere) {

    /**
     * A lease held by this instance.
     *
     * @param holder who
     * @param token its token
     * @param since wall clock when it was granted
     * @param heldFor for how long by now
     * @param remaining the time left without a further renewal
     * @param state {@link LeaseState#HELD} or {@link LeaseState#AT_RISK}
     */
    public record Held(
            Holder holder, FencingToken token, Instant since, Duration heldFor, Duration remaining, LeaseState state) {}
}
