package io.coordination.lock;

/** A counter, for one thread. */
public class WaitingSpecification {

    private int count;

    public int countUp(int manager) {
        return count++;
    }

    public int countUpLater(int manager) {
        return count++;
    }

    public void tryOnce(int manager) {}

    public void giveUp(int manager) {}
}
