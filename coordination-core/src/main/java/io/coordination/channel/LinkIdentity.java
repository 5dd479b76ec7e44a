package io.coordination.channel;

import io.coordination.ProcessId;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a process shows the other end of each of its links.
 *
 * @param cluster only processes of the same cluster link
 * @param group what it has to have in common with others to share leases; a difference is noted, no reason not to link
 * @param secret null where certificates prove who may link
 * @param versions of the protocol that it speaks, the best last
 * @param maxClockDifference by how much two wall clocks may differ
 * @param nonces gives texts that nobody can guess and that never come again
 */
record LinkIdentity(
        ProcessId self,
        String cluster,
        String group,
        @Nullable Secret secret,
        List<Integer> versions,
        Duration maxClockDifference,
        Supplier<String> nonces) {}
