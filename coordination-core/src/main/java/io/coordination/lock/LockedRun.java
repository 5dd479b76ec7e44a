package io.coordination.lock;

/**
 * Work without a result, to be done under a lease.
 *
 * @param <X> the checked exception it may throw, {@code RuntimeException} if none
 */
@FunctionalInterface
public interface LockedRun<X extends Exception> {

    /** Does the work. The lease is closed for the body when it returns; it need not close it. */
    void run(Lease lease) throws X;
}
