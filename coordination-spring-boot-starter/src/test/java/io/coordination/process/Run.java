package io.coordination.process;

import org.jspecify.annotations.Nullable;

/** One process of a node. */
final class Run {

    final String node;
    final int number;

    private volatile @Nullable Long endedAt;

    Run(String node, int number) {
        this.node = node;
        this.number = number;
    }

    /** At this time it was alive for the last time, as far as is known. */
    void ended(long at) {
        endedAt = at;
    }

    @Nullable
    Long endedAt() {
        return endedAt;
    }

    @Override
    public String toString() {
        return node + "/" + number;
    }
}
