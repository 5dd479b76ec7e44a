package io.coordination.peer;

import io.coordination.ProcessId;
import io.coordination.peer.PeerMessage.Grant;
import io.coordination.peer.PeerMessage.Queued;
import io.coordination.time.Moment;
import org.jspecify.annotations.Nullable;

/** What one voter last said to a {@link Claim}. */
final class Vote {

    final String voter;

    /** The stamp of which the grant is worth; null without a grant. */
    @Nullable
    Moment echo;

    long incarnation;
    long base;

    /** Grants that answer anything older were given back. */
    long yieldMark = Long.MIN_VALUE;

    boolean othersWait;
    private boolean answered;
    private boolean behindEarlier;
    private boolean queued;
    private @Nullable ProcessId holder;
    private long freeAt;

    Vote(String voter) {
        this.voter = voter;
    }

    void granted(Grant grant, long by) {
        answered = true;
        queued = false;
        behindEarlier = false;
        echo = grant.echo();
        incarnation = by;
        base = grant.base();
        othersWait = grant.othersWait();
    }

    void queued(Queued answer, Moment now) {
        answered = true;
        queued = true;
        behindEarlier = answer.behindEarlier();
        holder = answer.holder();
        freeAt = now.nanos() + answer.remaining().toNanos();
    }

    void stale() {
        answered = true;
    }

    void yielded(Moment stamp) {
        yieldMark = stamp.nanos();
        echo = null;
    }

    boolean isAnswered() {
        return answered;
    }

    boolean isQueued() {
        return queued;
    }

    boolean isBehindEarlier() {
        return queued && behindEarlier;
    }

    @Nullable
    ProcessId holder() {
        return queued ? holder : null;
    }

    /** When the lease that is in the way runs out, on the asker's monotonic clock. */
    long freeAt() {
        return freeAt;
    }
}
