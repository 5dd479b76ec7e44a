package io.coordination.peer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The data directory of one voter of a walk. It outlives a crash. */
final class WalkDisk {

    private final List<Long> writing = new ArrayList<>();
    private long stored;
    private @Nullable Ceiling ceiling;

    Ceiling ceiling() {
        Ceiling made = new Ceiling(stored, 2_000, writing::add);
        ceiling = made;
        return made;
    }

    /** What is being written will be found after a crash. */
    void store() {
        for (long bound : writing) {
            stored = Math.max(stored, bound);
            if (ceiling != null) {
                ceiling.raised(bound);
            }
        }
        writing.clear();
    }

    /** What is being written is lost. */
    void crash() {
        ceiling = null;
        writing.clear();
    }
}
