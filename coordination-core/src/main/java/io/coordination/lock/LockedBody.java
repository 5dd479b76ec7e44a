package io.coordination.lock;

/**
 * Work to be done under a lease.
 *
 * @param <T> what it results in
 * @param <X> the checked exception it may throw, {@code RuntimeException} if none
 */
@FunctionalInterface
public interface LockedBody<T extends @org.jspecify.annotations.Nullable Object, X extends Exception> {

    /** Does the work. The lease is closed for the body when it returns; it need not close it. */
    T run(Lease lease) throws X;
}
