package io.coordination.runtime;

/**
 * The work that the calling thread is doing, from its construction until it has left. May be interrupted from outside, but
 * never after it has left: the thread has other work then.
 */
public final class RunningBody {

    private final Thread thread = Thread.currentThread();
    private boolean left;
    private boolean interrupted;

    /** A name of the calling thread for people; virtual threads, which have none, are called by their number. */
    public static String threadName() {
        Thread current = Thread.currentThread();
        String name = current.getName();
        return name.isEmpty() ? "thread-" + current.getId() : name;
    }

    /** Whether the calling thread is the one that does this work. */
    public boolean isOnCallingThread() {
        return Thread.currentThread() == thread;
    }

    /** Interrupts the work unless it has left. From any thread. */
    public void interrupt() {
        synchronized (this) {
            if (!left) {
                interrupted = true;
                thread.interrupt();
            }
        }
    }

    /** Ends the work, on its own thread. An interrupt that was meant for it does not stay behind. */
    public void leave() {
        synchronized (this) {
            left = true;
            if (interrupted) {
                Thread.interrupted();
            }
        }
    }
}
