package io.coordination.time;

/**
 * Runs tasks at a moment of the monotonic clock.
 *
 * <p>Threads: called from any thread; tasks run on the scheduler's own thread, one after another. Blocking: neither side
 * blocks. Failure: an exception of a task is reported and does not stop later tasks. Time: a task may run late, never early.
 */
public interface Scheduler extends AutoCloseable {

    /**
     * Runs {@code task} once.
     *
     * @param nanos the earliest moment, on the scale of {@link Moment#nanos()}
     * @return cancels the task if it has not begun
     */
    Scheduled at(long nanos, Runnable task);

    /** Drops what is scheduled and lets the thread go. Idempotent. */
    @Override
    void close();

    /** A task that has been scheduled. */
    @FunctionalInterface
    interface Scheduled {

        /** Keeps the task from running unless it has begun. Idempotent. */
        void cancel();
    }
}
