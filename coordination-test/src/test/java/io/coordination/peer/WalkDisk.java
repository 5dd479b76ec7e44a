package io.coordination.peer;

import java.util.ArrayList;
import java.util.List;

/** The data directory of one voter of a walk. It outlives a crash. */
final class WalkDisk {

    private final List<Long> writing = new ArrayList<>();
    private long stored;

    Ceiling ceiling() {
        return new Ceiling(stored, 2_000, writing::add);
    }

    /** What is being written will be found after a crash. */
    List<Long> store() {
        List<Long> written = List.copyOf(writing);
        writing.clear();
        written.forEach(bound -> stored = Math.max(stored, bound));
        return written;
    }

    /** What is being written is lost. */
    void crash() {
        writing.clear();
    }
}
