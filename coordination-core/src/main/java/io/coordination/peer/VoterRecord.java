package io.coordination.peer;

import io.coordination.ProcessId;
import io.coordination.lock.Resource;
import io.coordination.lock.Ticket;
import io.coordination.peer.PeerMessage.Ask;
import io.coordination.peer.PeerMessage.Free;
import io.coordination.peer.PeerMessage.Grant;
import io.coordination.peer.PeerMessage.KnownLease;
import io.coordination.peer.PeerMessage.Queued;
import io.coordination.peer.PeerMessage.Stale;
import io.coordination.peer.PeerMessage.Wanted;
import io.coordination.time.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a voter knows of one resource: the lease it has granted, the queue behind it, and the floor of its tokens. A live lease
 * of another process is never replaced; refusing is always safe. The rules are those of {@code docs/peer-leases.md}.
 */
class VoterRecord {

    /** Beyond this many processes that wait for one resource at one voter, further ones are turned away. */
    static final int LONGEST_QUEUE = 1_000;

    private final Voter voter;
    private final Resource resource;

    /** Sorted by ticket, one for each process. */
    private final List<QueueEntry> queue = new ArrayList<>(1);

    @Nullable
    VoterLease lease;

    private long floor;
    private @Nullable String reservedFor;
    private long reservedUntil;

    /** Whether it is reserved for a node that was named; else it is for an entry whose base was behind. */
    private boolean reservedByName;

    VoterRecord(Voter voter, Resource resource) {
        this.voter = voter;
        this.resource = resource;
    }

    // ---- events

    void ask(ProcessId from, Ask ask, Moment now) {
        expire(now);
        if (lease != null && lease.isOf(from) && endsOwnTenure(lease, ask)) {
            lease = null;
        }
        if (lease != null && lease.isOf(from)) {
            askedByOwner(lease, from, ask, now);
            return;
        }
        QueueEntry known = entryOf(from);
        if (known != null && known.stamp.nanos() >= ask.stamp().nanos()) {
            return;
        }
        if (ask.held()) {
            if (lease == null) {
                // A holder fills in a voter that missed it.
                queue.remove(known);
                grant(from, ask.ticket(), ask.stamp(), ask.base(), ask.lease().toNanos(), now);
            }
            return;
        }
        if (known == null && queue.size() >= LONGEST_QUEUE) {
            voter.refuse(from, "the queue for " + resource + " is full");
            return;
        }
        enqueue(known, from, ask, now);
        serve(now);
        tellHead();
        if (!isOwnedBy(from)) {
            answerQueued(from, ask, now);
        }
    }

    void free(ProcessId from, Free free, Moment now) {
        expire(now);
        if (lease != null && frees(lease, from, free)) {
            lease = null;
            if (free.next() != null) {
                reserve(free.next(), true, now);
            }
        }
        boolean left = queue.removeIf(entry -> leaves(entry, from, free));
        if (left && from.nodeId().equals(reservedFor)) {
            reservedFor = null;
        }
        serve(now);
    }

    void tick(Moment now) {
        expire(now);
        serve(now);
    }

    /** Learned by a voter that has lost its memory; two that disagree on the owner make it nobody's. */
    void adopt(KnownLease known, long until) {
        VoterLease adopted = lease;
        if (adopted == null) {
            lease = new VoterLease(known.owner(), known.echo(), known.ticket(), VoterLease.UNKNOWN, until);
        } else {
            boolean same = adopted.owner() != null && adopted.owner().equals(known.owner());
            boolean newer = known.echo().nanos() > adopted.echo().nanos();
            lease = new VoterLease(
                    same ? adopted.owner() : ownerOfDisputed(adopted, known),
                    same && newer ? known.echo() : adopted.echo(),
                    same && newer ? known.ticket() : adopted.ticket(),
                    adopted.base(),
                    Math.max(adopted.until(), until));
        }
    }

    // ---- what it leaves

    /** When a tick is wanted; a lease that nobody waits for is found to have run out when it is next looked at. */
    long due() {
        if (queue.isEmpty()) {
            return Timers.NEVER;
        }
        long due = reservedFor == null ? Timers.NEVER : reservedUntil;
        return lease == null ? due : Math.min(due, lease.until());
    }

    boolean isIdle(Moment now) {
        expire(now);
        return lease == null && queue.isEmpty() && reservedFor == null;
    }

    long floor() {
        return floor;
    }

    @Nullable
    KnownLease lease(Moment now) {
        expire(now);
        return lease == null
                ? null
                : new KnownLease(
                        resource,
                        lease.owner(),
                        lease.echo(),
                        lease.ticket(),
                        Duration.ofNanos(lease.until() - now.nanos()));
    }

    int waiting() {
        return queue.size();
    }

    // ---- rules

    /** A request of the owner with a later ticket: it is done with the tenure before, whatever became of its FREE. */
    boolean endsOwnTenure(VoterLease current, Ask ask) {
        return !ask.held()
                && ask.stamp().nanos() > current.echo().nanos()
                && current.isBaseKnown()
                && current.ticket().compareTo(ask.ticket()) < 0;
    }

    /** Stamps order what one process says: what is older than what was granted changes nothing. */
    boolean isOld(VoterLease current, Moment stamp) {
        return stamp.nanos() < current.echo().nanos();
    }

    boolean yields(VoterLease current, Ask ask) {
        return current.echo().nanos() < ask.stamp().nanos();
    }

    boolean frees(VoterLease current, ProcessId from, Free free) {
        return current.isOf(from) && current.echo().nanos() < free.stamp().nanos();
    }

    boolean leaves(QueueEntry entry, ProcessId from, Free free) {
        return entry.owner.equals(from) && entry.stamp.nanos() < free.stamp().nanos();
    }

    /** Tokens rise: a base at or below the floor belongs to an earlier tenure. */
    boolean isBehind(long base) {
        return base <= Math.max(floor, voter.floorOfAll());
    }

    /** Which of the stamps of a waiter a pushed grant answers: one that this voter has received. */
    Moment echoOfPushed(QueueEntry entry) {
        return entry.stamp;
    }

    long exclusion(long leaseNanos) {
        return voter.times().exclusion(leaseNanos);
    }

    /** Whether the owner asks for the very tenure it has here. The base of an adopted lease is not known: it is checked anew. */
    boolean confirms(VoterLease current, Ask ask) {
        return ask.held() || ask.base() == current.base();
    }

    /**
     * An owner without a majority, of whom an earlier ticket waits to be yielded to, gets no new base: that would raise the floor
     * above the base of the one that is to have the lease.
     */
    boolean keepsBase(VoterLease current, Ask ask) {
        return !ask.held()
                && current.isBaseKnown()
                && !queue.isEmpty()
                && queue.get(0).ticket.compareTo(current.ticket()) < 0;
    }

    @Nullable
    ProcessId ownerOfDisputed(VoterLease one, KnownLease other) {
        return null;
    }

    void expire(Moment now) {
        if (lease != null && lease.until() <= now.nanos()) {
            lease = null;
        }
        if (reservedFor != null && reservedUntil <= now.nanos()) {
            reservedFor = null;
        }
        // Also while the lease is held: a dead head would hide from the owner that those behind it wait.
        queue.removeIf(entry -> entry.diesAt <= now.nanos());
    }

    /** Whenever the lease is free, the earliest in the queue gets it. */
    void serve(Moment now) {
        if (lease != null) {
            return;
        }
        if (reservedFor != null && !reservedByName && hasEarlierCome()) {
            reservedFor = null;
        }
        for (QueueEntry entry : queue) {
            if (reservedFor != null && !reservedFor.equals(entry.owner.nodeId())) {
                continue;
            }
            if (isBehind(entry.base)) {
                tellStale(entry);
                if (waitsFor(entry, now)) {
                    return;
                }
                continue;
            }
            queue.remove(entry);
            reservedFor = null;
            grant(entry.owner, entry.ticket, echoOfPushed(entry), entry.base, entry.lease, now);
            tellHead();
            return;
        }
    }

    /** Whether the free lease waits for an entry whose base is behind: once, and for long enough to ask again. */
    boolean waitsFor(QueueEntry entry, Moment now) {
        if (reservedFor != null) {
            return true;
        }
        if (entry.reservedOnce) {
            return false;
        }
        entry.reservedOnce = true;
        reserve(entry.owner.nodeId(), false, now);
        return true;
    }

    /** Whether the lease waits for one while another, earlier one could have it, or was not waited for yet. */
    boolean hasEarlierCome() {
        for (QueueEntry entry : queue) {
            if (entry.owner.nodeId().equals(reservedFor)) {
                return false;
            }
            if (!isBehind(entry.base) || !entry.reservedOnce) {
                return true;
            }
        }
        return false;
    }

    /** As soon as it is known, so that the new base is there when the lease gets free. */
    void tellHead() {
        if (!queue.isEmpty() && isBehind(queue.get(0).base)) {
            tellStale(queue.get(0));
        }
    }

    void tellOwner(ProcessId asker, Ask ask) {
        VoterLease current = lease;
        boolean isHead = !queue.isEmpty() && queue.get(0).owner.equals(asker);
        if (isHead && current != null && current.owner() != null) {
            voter.send(current.owner(), new Wanted(resource, current.echo(), voter.standing(floor), ask.ticket()));
        }
    }

    // ---- steps

    private void askedByOwner(VoterLease current, ProcessId from, Ask ask, Moment now) {
        if (ask.yield()) {
            if (yields(current, ask)) {
                lease = null;
                enqueue(entryOf(from), from, ask, now);
                serve(now);
                if (!isOwnedBy(from)) {
                    answerQueued(from, ask, now);
                }
            }
        } else if (!isOld(current, ask.stamp())) {
            if (!confirms(current, ask) && isBehind(ask.base())) {
                voter.send(from, new Stale(resource, ask.stamp(), voter.standing(floor)));
            } else {
                long base = keepsBase(current, ask) ? current.base() : ask.base();
                grant(from, ask.ticket(), ask.stamp(), base, ask.lease().toNanos(), now);
                tellHead();
            }
        }
    }

    private void grant(ProcessId to, Ticket ticket, Moment stamp, long base, long leaseNanos, Moment now) {
        long until = now.nanos() + exclusion(leaseNanos);
        lease = new VoterLease(to, stamp, ticket, base, lease == null ? until : Math.max(lease.until(), until));
        floor = Math.max(floor, base);
        voter.send(to, new Grant(resource, stamp, voter.standing(floor), base, !queue.isEmpty()));
    }

    private void enqueue(@Nullable QueueEntry known, ProcessId from, Ask ask, Moment now) {
        QueueEntry entry = new QueueEntry(
                from, ask, now.nanos() + 3 * voter.times().keepAlive(ask.lease().toNanos()));
        if (known != null) {
            queue.remove(known);
            entry.reservedOnce = known.reservedOnce && known.base == ask.base();
        }
        int place = 0;
        while (place < queue.size() && queue.get(place).ticket.compareTo(ask.ticket()) < 0) {
            place++;
        }
        queue.add(place, entry);
    }

    private void answerQueued(ProcessId from, Ask ask, Moment now) {
        VoterLease current = lease;
        boolean behindEarlier = current != null && current.ticket().compareTo(ask.ticket()) < 0
                || !queue.isEmpty() && queue.get(0).ticket.compareTo(ask.ticket()) < 0;
        long free = current != null ? current.until() : reservedFor != null ? reservedUntil : now.nanos();
        voter.send(
                from,
                new Queued(
                        resource,
                        ask.stamp(),
                        voter.standing(floor),
                        Duration.ofNanos(Math.max(0, free - now.nanos())),
                        current == null ? null : current.owner(),
                        behindEarlier));
        tellOwner(from, ask);
    }

    void tellStale(QueueEntry entry) {
        if (!entry.told) {
            entry.told = true;
            voter.send(entry.owner, new Stale(resource, entry.stamp, voter.standing(floor)));
        }
    }

    private void reserve(String node, boolean byName, Moment now) {
        reservedFor = node;
        reservedByName = byName;
        reservedUntil = now.nanos() + voter.times().reservation();
    }

    private boolean isOwnedBy(ProcessId process) {
        return lease != null && lease.isOf(process);
    }

    private @Nullable QueueEntry entryOf(ProcessId owner) {
        for (QueueEntry entry : queue) {
            if (entry.owner.equals(owner)) {
                return entry;
            }
        }
        return null;
    }
}
