package io.coordination.channel;

import io.coordination.ProcessId;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Another node, as this process sees it.
 *
 * @param node its node id
 * @param process the process of it that was linked last; null if none was
 * @param address where it is dialed; null for one that dials
 * @param roundTrip of the last ping; null if none was answered
 * @param clockDifference how far its wall clock is ahead of this one's, give or take half a round trip; null if unknown
 * @param sameGroup whether it has the same voters and times; null if unknown
 * @param problem why it is not linked, for people; null while it is
 */
public record Member(
        String node,
        @Nullable ProcessId process,
        MemberState state,
        @Nullable URI address,
        @Nullable Duration roundTrip,
        @Nullable Duration clockDifference,
        @Nullable Boolean sameGroup,
        @Nullable String problem) {}
