package io.coordination.spring.lock;

import io.coordination.lock.Lease;
import io.coordination.lock.LeaseLostException;
import io.coordination.lock.LeaseState;
import org.jspecify.annotations.Nullable;

/** What there is to throw about a lease. */
final class LostLease {

    private LostLease() {}

    /** Passes over a lease that the work itself has given back. */
    static void throwIfLost(Lease lease) {
        LeaseLostException lost = exceptionOf(lease);
        if (lost != null) {
            throw lost;
        }
    }

    /** The exception that says how the lease was lost, or null if it was not. */
    static @Nullable LeaseLostException exceptionOf(Lease lease) {
        if (lease.state() != LeaseState.LOST) {
            return null;
        }
        try {
            lease.ensureHeld();
            return null;
        } catch (LeaseLostException lost) {
            return lost;
        }
    }
}
