package io.coordination.lock;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A lease that is over.
 *
 * @param resource what it was on
 * @param holder who had it
 * @param token its token
 * @param since wall clock when it was granted
 * @param heldFor for how long it was held
 * @param loss why it was lost; null if it was released
 */
public record EndedLease(
        Resource resource,
        Holder holder,
        FencingToken token,
        Instant since,
        Duration heldFor,
        LeaseLoss.@Nullable Reason loss) {}
