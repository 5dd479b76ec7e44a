package io.coordination.runtime;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs effects of steps one at a time, in the order in which they were added, on whichever thread finds none running. Bounded by
 * whoever adds.
 */
public final class EffectQueue {

    private final Queue<Runnable> effects = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();

    /** To be followed by {@link #run} once the step is over. */
    public void add(Runnable effect) {
        effects.add(effect);
    }

    /** Runs what was added, unless a thread is at it, which then does. */
    public void run() {
        if (calls.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            for (Runnable effect = effects.poll(); effect != null; effect = effects.poll()) {
                effect.run();
            }
            seen = calls.addAndGet(-seen);
        } while (seen != 0);
    }
}
