package io.coordination.peer;

import io.coordination.ProcessId;
import io.coordination.lock.Ticket;
import io.coordination.time.Moment;

/** The place of one process in the queue of a voter for one resource. */
final class QueueEntry {

    final ProcessId owner;
    final Ticket ticket;
    final Moment stamp;
    final long base;
    final long lease;

    /** On the voter's monotonic clock; one that was silent until then is gone. */
    final long diesAt;

    /** Whether it was told that its base is behind. */
    boolean told;

    /** Whether the lease has waited for it once while its base was behind. */
    boolean reservedOnce;

    QueueEntry(ProcessId owner, PeerMessage.Ask ask, long diesAt) {
        this.owner = owner;
        this.ticket = ask.ticket();
        this.stamp = ask.stamp();
        this.base = ask.base();
        this.lease = ask.lease().toNanos();
        this.diesAt = diesAt;
    }
}
