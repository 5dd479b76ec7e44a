package io.coordination.spring.lock;

import io.coordination.lock.Lease;

/** The transaction in which the calling thread is when it calls an annotated method, if any. */
@FunctionalInterface
interface RunningTransaction {

    /** For applications without transactions. */
    RunningTransaction NONE = lease -> false;

    /**
     * Takes the lease over, opens its frame, and closes both after the transaction has completed; the lease is checked
     * before the commit.
     *
     * @return false if there is no transaction; then nothing was done
     */
    boolean keeps(Lease lease);
}
