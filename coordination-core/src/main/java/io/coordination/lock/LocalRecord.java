package io.coordination.lock;

import io.coordination.time.HybridClock;
import io.coordination.time.Moment;
import io.coordination.time.TimeSource;
import java.time.Duration;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the store in this JVM knows of one resource: its lease and the queue for it. One call at a time, under its monitor. */
class LocalRecord {

    /** How long a free lease is kept for the first in the queue, once it has been woken. */
    static final long RESERVATION = Duration.ofMillis(250).toNanos();

    /** How long after the time to ask again a place in the queue is kept. */
    private static final long PATIENCE = Duration.ofSeconds(1).toNanos();

    private @Nullable Ticket owner;
    private @Nullable Holder holder;
    private long base;
    private long until;

    /** Since when the lease is free, or kept for the present first in the queue; without a queue it says nothing. */
    private long freeSince;

    /** Whether the store has dropped it: whoever comes to it looks again. */
    boolean forgotten;

    /** Those who were told to wait, with the moment at which they are taken to have gone. */
    private @Nullable TreeMap<Ticket, Long> queue;

    AcquireAnswer acquire(LeaseRequest request, Moment now, HybridClock bases) {
        expire(now);
        Ticket ticket = request.ticket();
        if (owns(ticket)) {
            prolong(request, now);
            return granted(request);
        }
        if (isFree() && isNext(ticket, now)) {
            leaveQueue(ticket);
            owner = ticket;
            holder = request.holder();
            base = nextBase(bases, now);
            until = 0;
            prolong(request, now);
            return granted(request);
        }
        long askAgain = isFree() ? freeSince + RESERVATION : until;
        joinQueue(ticket, askAgain + PATIENCE);
        return new AcquireAnswer.Busy(
                LocalLeaseStore.until(askAgain, now), isFree() || holder == null ? null : holder.toString());
    }

    RenewAnswer renew(LeaseRequest request, Moment now) {
        expire(now);
        if (!owns(request.ticket())) {
            return new RenewAnswer.NotHeld();
        }
        prolong(request, now);
        return new RenewAnswer.Renewed(request.sentAt(), othersWait(request.ticket()));
    }

    /** Says whether somebody else is waited for; only if so it matters when this was. */
    boolean release(Ticket ticket, TimeSource time) {
        leaveQueue(ticket);
        boolean othersWait = isWaitedFor();
        if (othersWait) {
            Moment now = time.now();
            expire(now);
            if (owns(ticket)) {
                freeSince = now.nanos();
            }
        }
        if (owns(ticket)) {
            owner = null;
        }
        return othersWait;
    }

    boolean isWaitedFor() {
        return queue != null && !queue.isEmpty();
    }

    boolean isEmpty(Moment now) {
        expire(now);
        if (queue != null) {
            queue.values().removeIf(goneAt -> goneAt <= now.nanos());
        }
        return isFree() && !isWaitedFor();
    }

    // ---- rules

    boolean owns(Ticket ticket) {
        return ticket.equals(owner);
    }

    boolean isFree() {
        return owner == null;
    }

    long nextBase(HybridClock bases, Moment now) {
        return bases.next(now.micros());
    }

    /** Whether nobody with an earlier ticket is being waited for. One that has not come within its reservation goes last. */
    boolean isNext(Ticket ticket, Moment now) {
        while (queue != null && !queue.isEmpty()) {
            Ticket first = queue.firstKey();
            if (first.compareTo(ticket) >= 0) {
                return true;
            }
            if (now.nanos()
                    < Math.min(freeSince + RESERVATION, queue.firstEntry().getValue())) {
                return false;
            }
            queue.remove(first);
            freeSince = now.nanos();
        }
        return true;
    }

    /** Never shorter than it was. */
    void prolong(LeaseRequest request, Moment now) {
        until = Math.max(until, now.nanos() + request.lease().toNanos());
    }

    private void expire(Moment now) {
        if (owner != null && until <= now.nanos()) {
            owner = null;
            freeSince = until;
        }
    }

    private AcquireAnswer.Granted granted(LeaseRequest request) {
        return new AcquireAnswer.Granted(base, request.sentAt(), othersWait(request.ticket()));
    }

    private boolean othersWait(Ticket ticket) {
        return queue != null
                && !queue.isEmpty()
                && queue.keySet().stream().anyMatch(waiting -> !waiting.owner().equals(ticket.owner()));
    }

    private void joinQueue(Ticket ticket, long goneAt) {
        if (queue == null) {
            queue = new TreeMap<>();
        }
        queue.put(ticket, goneAt);
    }

    private void leaveQueue(Ticket ticket) {
        if (queue != null) {
            queue.remove(ticket);
        }
    }
}
