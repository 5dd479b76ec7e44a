package io.coordination.channel;

import io.coordination.ProcessId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a link that is up stands. */
record LinkView(
        ProcessId process,
        long lastHeard,
        boolean sameGroup,
        @Nullable Duration roundTrip,
        @Nullable Duration clockDifference,
        int controlWaiting,
        int dataWaiting) {}
