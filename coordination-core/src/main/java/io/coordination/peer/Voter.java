package io.coordination.peer;

import io.coordination.ProcessId;
import io.coordination.lock.Resource;
import io.coordination.peer.PeerMessage.Ask;
import io.coordination.peer.PeerMessage.Free;
import io.coordination.peer.PeerMessage.KnownLease;
import io.coordination.peer.PeerMessage.OfRequester;
import io.coordination.peer.PeerMessage.Read;
import io.coordination.peer.PeerMessage.Refused;
import io.coordination.peer.PeerMessage.Standing;
import io.coordination.peer.PeerMessage.State;
import io.coordination.time.Moment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One vote: grants, queues and refuses for every resource. It says nothing until it is known that what it may have granted
 * before it lost its memory has been told or has run out; see {@link Recovery}.
 */
class Voter {

    /** Beyond this many resources that somebody holds or waits for, further ones are turned away. */
    static final int MOST_RESOURCES = 1_000_000;

    /** Beyond this many that wait for the disk, further ones are not taken up, and ask again. */
    private static final int MOST_UNCOVERED = 1_000;

    private final Membership member;
    private final Recovery recovery;
    private final Ceiling ceiling;

    /** Two generations, swapped each {@code keep}: no timer for each record. */
    private Map<Resource, VoterRecord> young = new HashMap<>();

    private Map<Resource, VoterRecord> old = new HashMap<>();

    /** Of the resources that somebody waits for. */
    private final Timers<Resource> timers = new Timers<>();

    private final List<Uncovered> uncovered = new ArrayList<>();
    private long nextSwap;
    private long floorOfAll;

    /** @param floor no base at or below it is granted */
    Voter(Membership member, Recovery recovery, Ceiling ceiling, long floor, Moment now) {
        this.member = member;
        this.recovery = recovery;
        this.ceiling = ceiling;
        this.floorOfAll = Math.max(0, floor);
        this.nextSwap = now.nanos() + times().keep();
    }

    // ---- events

    void asked(ProcessId from, Ask ask, Moment now) {
        if (!recovery.isIn()) {
            return;
        }
        if (!ask.ticket().owner().equals(from)) {
            refuse(from, "it asks with a ticket of " + ask.ticket().owner() + ". Please report this as a bug.");
            return;
        }
        if (rules().isTooLong(ask.lease().toNanos(), times().longestGrant())) {
            refuse(
                    from,
                    "it asks for a lease of " + ask.lease() + "; the longest that is granted is "
                            + group().longestGrant() + ". Give all members the same coordination.peers.grant.");
            return;
        }
        if (!group().workersMayAsk() && !group().isVoter(from.nodeId())) {
            refuse(
                    from,
                    from.nodeId() + " does not vote, and workers may not ask. Set coordination.peers.workers=true"
                            + " on all members, or make it a voter.");
            return;
        }
        ceiling.want(ask.base());
        if (!rules().isCovered(ask.base(), ceiling.stored())) {
            // The disk takes some milliseconds; without this, those who ask would wait until they ask again.
            if (uncovered.size() < MOST_UNCOVERED) {
                uncovered.add(new Uncovered(from, ask));
            }
            return;
        }
        VoterRecord record = find(ask);
        if (record == null && size() >= MOST_RESOURCES) {
            refuse(from, "more than " + MOST_RESOURCES + " resources are held or waited for");
            return;
        }
        VoterRecord asked = record == null ? make(ask.resource()) : record;
        asked.ask(from, ask, now);
        timers.set(ask.resource(), asked.due());
    }

    /** Takes up what waited for the ceiling to be stored, or turns it away. */
    void ceilingTried(Moment now) {
        List<Uncovered> waiting = List.copyOf(uncovered);
        uncovered.clear();
        String failure = ceiling.failure();
        for (Uncovered one : waiting) {
            if (failure == null) {
                asked(one.from, one.ask, now);
            } else {
                refuse(
                        one.from,
                        "it cannot store its token ceiling: " + failure + ". Check its data directory and the disk.");
            }
        }
    }

    void freed(ProcessId from, Free free, Moment now) {
        if (!recovery.isIn()) {
            return;
        }
        VoterRecord record = find(free);
        if (record == null && free.next() != null && size() < MOST_RESOURCES) {
            record = make(free.resource());
        }
        if (record != null) {
            record.free(from, free, now);
            timers.set(free.resource(), record.due());
        }
    }

    /** First the new incarnation is noted, then what is known is told: what is granted later carries the note. */
    void read(ProcessId from, Read read, Moment now) {
        rules().note(member.known(), from);
        List<KnownLease> leases = new ArrayList<>();
        if (recovery.isIn()) {
            forEach(record -> {
                KnownLease lease = record.lease(now);
                if (lease != null) {
                    leases.add(lease);
                }
            });
        }
        List<List<KnownLease>> parts = StateParts.of(leases, member.self());
        Standing standing = new Standing(member.known().all(), highestFloor());
        for (int part = 0; part < parts.size(); part++) {
            send(
                    from,
                    new State(
                            read.attempt(),
                            standing,
                            !recovery.isIn(),
                            recovery.coldVector(),
                            part,
                            parts.size(),
                            parts.get(part)));
        }
    }

    /** The answer to its own question. */
    void told(ProcessId from, State state, Moment now) {
        if (recovery.isIn()) {
            return;
        }
        recovery.told(from, state, now);
        if (recovery.isIn()) {
            enter(now);
        }
    }

    void tick(Moment now) {
        if (!recovery.isIn()) {
            recovery.tick(now);
            if (!recovery.isIn()) {
                return;
            }
            enter(now);
        }
        for (Resource due = timers.takeDue(now.nanos()); due != null; due = timers.takeDue(now.nanos())) {
            VoterRecord record = record(due);
            if (record != null) {
                record.tick(now);
                timers.set(due, Math.max(record.due(), now.nanos() + 1));
            }
        }
        if (nextSwap <= now.nanos()) {
            nextSwap = now.nanos() + times().keep();
            swap(now);
        }
    }

    // ---- what it leaves

    boolean isIn() {
        return recovery.isIn();
    }

    long due() {
        if (!recovery.isIn()) {
            return recovery.due();
        }
        return Math.min(timers.due(), size() == 0 ? Timers.NEVER : nextSwap);
    }

    /** How many resources it has in mind. */
    int size() {
        return young.size() + old.size();
    }

    @Nullable
    VoterRecord record(Resource resource) {
        VoterRecord record = young.get(resource);
        return record == null ? old.get(resource) : record;
    }

    // ---- for its records

    PeerTimes times() {
        return member.times();
    }

    long floorOfAll() {
        return floorOfAll;
    }

    Standing standing(long floor) {
        return new Standing(member.known().all(), Math.max(floor, floorOfAll));
    }

    void send(ProcessId to, PeerMessage message) {
        member.out().answer(to, message);
    }

    void refuse(ProcessId from, String reason) {
        send(from, new Refused(member.node() + " refuses: " + reason));
    }

    // ---- steps

    private PeerGroup group() {
        return member.group();
    }

    private Rules rules() {
        return member.rules();
    }

    /** What the others have told becomes its own; its floor is at least the wall clock, where that is what it relies on. */
    private void enter(Moment now) {
        floorOfAll = Math.max(floorOfAll, recovery.floor(now));
        recovery.adopt((lease, until) -> {
            if (until > now.nanos()) {
                VoterRecord record = record(lease.resource());
                (record == null ? make(lease.resource()) : record).adopt(lease, until);
            }
        });
    }

    private @Nullable VoterRecord find(OfRequester message) {
        VoterRecord record = young.get(message.resource());
        if (record == null) {
            record = old.remove(message.resource());
            if (record != null) {
                young.put(message.resource(), record);
            }
        }
        return record;
    }

    private VoterRecord make(Resource resource) {
        VoterRecord record = rules().record(this, resource);
        young.put(resource, record);
        return record;
    }

    private void swap(Moment now) {
        old.forEach((resource, record) -> {
            if (record.isIdle(now)) {
                floorOfAll = rules().fold(floorOfAll, record.floor());
            } else {
                young.put(resource, record);
            }
        });
        old = young;
        young = new HashMap<>();
    }

    long highestFloor() {
        long[] highest = {floorOfAll};
        forEach(record -> highest[0] = Math.max(highest[0], record.floor()));
        return highest[0];
    }

    private void forEach(Consumer<VoterRecord> look) {
        young.values().forEach(look);
        old.values().forEach(look);
    }

    /** Somebody asks for a base above what is stored. */
    private record Uncovered(ProcessId from, Ask ask) {}
}
