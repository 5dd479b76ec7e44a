package io.coordination.lock;

/** Who holds, and whether acquisitions are still let in, for one thread. */
public class ShutDownSpecification {

    private final boolean[] held = new boolean[4];
    private boolean down;

    public String acquire(int thread) {
        if (held[thread]) {
            return "held already";
        }
        held[thread] = !down;
        return down ? "SHUT_DOWN" : "granted";
    }

    public boolean release(int thread) {
        boolean was = held[thread];
        held[thread] = false;
        return was;
    }

    public void shutDown() {
        down = true;
    }
}
