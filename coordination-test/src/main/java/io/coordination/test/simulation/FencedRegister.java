package io.coordination.test.simulation;

import io.coordination.lock.Lease;
import org.jspecify.annotations.Nullable;

/**
 * A resource that refuses a token lower than one it has accepted. Whoever has a lease writes to it, also long after the lease
 * has ended.
 */
final class FencedRegister {

    private long highest = Long.MIN_VALUE;
    private @Nullable Lease writer;

    /** Whether the write was accepted. */
    boolean write(Lease lease) {
        long token = lease.token().value();
        if (token < highest) {
            return false;
        }
        Lease before = writer;
        if (token == highest && before != null && !isSame(before, lease)) {
            throw new SimulationViolation(
                    "a fenced register accepts writes of two leases with one token: " + before + " and " + lease);
        }
        highest = token;
        writer = lease;
        return true;
    }

    @SuppressWarnings("ReferenceEquality") // a lease is a handle, not a value
    private static boolean isSame(Lease one, Lease other) {
        return one == other;
    }
}
