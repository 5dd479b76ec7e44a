/**
 * Leases on named resources: who may hold one, in which order those who wait are served, how a lease is renewed, how it
 * ends, and the fencing token that protects the data when it ends unnoticed.
 *
 * <p>{@link io.coordination.lock.DistributedLockManager} is what an application uses; {@link
 * io.coordination.lock.LeaseStore} is what arbitrates. Everything between the two is package-private.
 */
@NullMarked
package io.coordination.lock;

import org.jspecify.annotations.NullMarked;
