package io.coordination.peer;

import io.coordination.ProcessId;
import io.coordination.lock.Ticket;
import io.coordination.time.Moment;
import org.jspecify.annotations.Nullable;

/**
 * A lease as a voter has it.
 *
 * @param owner whose it is; null where a voter that lost its memory was told of two owners: then nobody's, until it has run out
 * @param echo the newest stamp of the owner that this voter has granted
 * @param base the token base, or {@link #UNKNOWN} where it was learned from another voter
 * @param until on this voter's monotonic clock
 */
record VoterLease(@Nullable ProcessId owner, Moment echo, Ticket ticket, long base, long until) {

    static final long UNKNOWN = Long.MIN_VALUE;

    boolean isOf(ProcessId process) {
        return process.equals(owner);
    }

    boolean isBaseKnown() {
        return base != UNKNOWN;
    }
}
