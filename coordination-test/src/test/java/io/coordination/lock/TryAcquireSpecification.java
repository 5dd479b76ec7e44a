package io.coordination.lock;

import org.jspecify.annotations.Nullable;

/** Who holds each resource, for one thread. */
public class TryAcquireSpecification {

    private final @Nullable Integer[] holders = new Integer[2];

    public boolean tryAcquire(int resource, int thread) {
        if (holders[resource] != null) {
            return false;
        }
        holders[resource] = thread;
        return true;
    }

    public boolean release(int resource, int thread) {
        boolean held = holders[resource] != null && holders[resource] == thread;
        if (held) {
            holders[resource] = null;
        }
        return held;
    }

    public boolean isInUse(int resource) {
        return holders[resource] != null;
    }
}
