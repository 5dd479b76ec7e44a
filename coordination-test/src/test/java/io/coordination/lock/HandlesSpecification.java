package io.coordination.lock;

/** Which of three handles are open, for one thread. */
public class HandlesSpecification {

    private final boolean[] closed = new boolean[3];

    public void close(int handle) {
        closed[handle] = true;
    }

    public LeaseState state(int handle) {
        return closed[handle] ? LeaseState.RELEASED : LeaseState.HELD;
    }

    public boolean reenter(int handle) {
        return !closed[handle];
    }
}
