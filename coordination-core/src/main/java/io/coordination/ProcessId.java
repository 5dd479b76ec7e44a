package io.coordination;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Objects;

/**
 * One run of one application instance: its configured name and the incarnation of this run. A restart is another process,
 * so nothing that an earlier run was granted is ever taken for this run's.
 *
 * @param nodeId the configured name of the instance, 1 to 128 characters without control characters and half surrogate pairs
 * @param incarnation rises with every start of the instance
 */
public record ProcessId(String nodeId, long incarnation) implements Comparable<ProcessId> {

    /** The most characters of a node id. */
    public static final int LONGEST_NODE_ID = 128;

    private static final Comparator<ProcessId> ORDER =
            Comparator.comparing(ProcessId::nodeId).thenComparingLong(ProcessId::incarnation);

    public ProcessId {
        Objects.requireNonNull(nodeId, "nodeId");
        if (nodeId.isBlank()
                || nodeId.length() > LONGEST_NODE_ID
                || nodeId.chars().anyMatch(Character::isISOControl)
                || !StandardCharsets.UTF_8.newEncoder().canEncode(nodeId)) {
            throw new IllegalArgumentException(
                    "A node id has 1 to " + LONGEST_NODE_ID
                            + " characters, is not blank, and has no control characters and no half surrogate pairs. Set coordination.node-id to such a name.");
        }
        if (incarnation < 0) {
            throw new IllegalArgumentException("An incarnation is not negative, but was " + incarnation + ".");
        }
    }

    @Override
    public int compareTo(ProcessId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return nodeId + "/" + incarnation;
    }
}
