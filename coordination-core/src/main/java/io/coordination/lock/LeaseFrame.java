package io.coordination.lock;

/**
 * The stretch of one thread's work that runs under a lease; to be closed on that thread. In a try-with-resources statement
 * after the lease, an exception of the body wins and the loss of the lease is suppressed in it.
 */
public interface LeaseFrame extends AutoCloseable {

    /**
     * Unbinds the lease from the thread; the lease stays held. Further calls do nothing.
     *
     * @throws LeaseLostException if the lease was lost by now
     */
    @Override
    void close();
}
