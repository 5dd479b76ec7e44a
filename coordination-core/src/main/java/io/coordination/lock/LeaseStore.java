package io.coordination.lock;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * What arbitrates leases: this JVM, a majority of voters, a database, Redis. The only thing that decides who holds.
 *
 * <p>Threads: called from any thread; for one resource, calls of one manager come in order. A reply may come on any thread,
 * also inside the call.
 *
 * <p>Blocking: no call blocks. A store that waits for something hands the waiting to a thread of its own.
 *
 * <p>Failure: nothing is thrown. Whatever went wrong is answered as unknown, after a time-out of the store's own at the
 * latest; after an unknown answer the store may have done what was asked, or may do it later.
 *
 * <p>Duplicates and order: every call is safe to repeat; a repeated attempt of the acquisition that holds the lease renews it
 * and answers with the same base. A release of a ticket is final: attempts that carry this ticket and come later are refused,
 * or granted and released by the answer's receiver. Nothing done for one ticket touches the lease of another: a stale holder
 * can neither renew nor release its successor's lease.
 *
 * <p>Time: the store measures a lease by its own clock, and for at least as long as the asker counts. Lengths travel, never
 * instants. Token: a grant issues its base in the same atomic step, {@code max(last base + 1, clock of whoever issues it in
 * microseconds)}.
 */
public interface LeaseStore {

    /** Asks for the lease, or for a place in the queue for it. */
    void acquire(LeaseRequest request, Consumer<? super AcquireAnswer> reply);

    /** Asks that the lease, which the ticket holds, last for another {@link LeaseRequest#lease()}. */
    void renew(LeaseRequest request, Consumer<? super RenewAnswer> reply);

    /** Says that the ticket holds nothing and waits for nothing any more. */
    void release(Resource resource, Ticket ticket, Consumer<? super ReleaseAnswer> reply);

    /** The longest lease it grants at a time. Whoever wants one for longer gets this, and renews it more often. */
    default Duration longestLease() {
        return LockOptions.LONGEST;
    }
}
