package io.coordination.lock;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * The right to a resource for a limited time: one handle per acquisition. It belongs to whoever has the handle, not to a
 * thread; any thread may use and close it.
 *
 * <p>A lease renews itself until it is closed or its maximum hold has passed. It can end under its holder all the same: the
 * machine pauses, the network or the store fails. {@link #token()} is what protects the data then; {@link #ensureHeld()} and
 * {@link #onLost} tell the holder.
 *
 * <p>Threads: every method may be called from any thread. Blocking: no method blocks.
 */
public interface Lease extends AutoCloseable {

    /** What is leased. */
    Resource resource();

    /** Who asked for it. */
    Holder holder();

    /** The number of this grant; higher than those of all earlier grants of the resource. */
    FencingToken token();

    /** How it stands now, by this machine's own clocks; asks nobody. */
    LeaseState state();

    /** The time left without a further renewal, by this machine's own clocks; zero when lost or released. */
    Duration remaining();

    /**
     * Returns if the lease is held.
     *
     * @throws LeaseLostException if it was lost
     * @throws IllegalStateException if this handle was closed
     */
    void ensureHeld();

    /**
     * Calls {@code listener} once when the lease is lost, on the manager's executor; at once if it is lost already. What the
     * listener throws is logged.
     */
    void onLost(Consumer<? super LeaseLoss> listener);

    /**
     * Another handle on the same grant, with the same token. The grant ends when its last handle is closed.
     *
     * @throws LeaseLostException if it was lost
     * @throws IllegalStateException if this handle was closed
     */
    Lease reenter();

    /**
     * Binds the lease to the calling thread until the frame is closed: acquiring the same resource on this thread re-enters,
     * and {@link DistributedLockManager#current()} returns this lease.
     */
    LeaseFrame enter();

    /** Gives this handle up; the last one ends the grant. Further calls do nothing. Never throws. */
    @Override
    void close();
}
