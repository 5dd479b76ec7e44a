package io.coordination.peer;

import io.coordination.ProcessId;
import io.coordination.lock.AcquireAnswer;
import io.coordination.lock.LeaseRequest;
import io.coordination.lock.RenewAnswer;
import io.coordination.lock.Resource;
import io.coordination.lock.Ticket;
import io.coordination.peer.PeerMessage.Ask;
import io.coordination.peer.PeerMessage.Free;
import io.coordination.peer.PeerMessage.OfVoter;
import io.coordination.peer.PeerMessage.Read;
import io.coordination.peer.PeerMessage.Refused;
import io.coordination.peer.PeerMessage.State;
import io.coordination.time.HybridClock;
import io.coordination.time.Moment;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One process of the group: its vote, if it has one, and its claims. Pure: time comes in with every event, messages go out,
 * and {@link #due} says when the next {@link #tick} is wanted. Not safe for several threads.
 */
class PeerNode {

    private static final long NANOS_PER_MICRO = 1_000;

    private final ProcessId self;
    private final PeerGroup group;
    private final long fingerprint;
    private final PeerTimes times;
    private final Incarnations known;
    private final Rules rules;
    private final Outbox out;
    private final Requester requester;
    private @Nullable Voter voter;
    private boolean superseded;

    /** By how much the wall clock was ahead of the monotonic one when it was least so. */
    private long leastLead = Long.MAX_VALUE;

    PeerNode(
            ProcessId self,
            PeerGroup group,
            PeerTimes times,
            HybridClock clock,
            Recovery.Way way,
            Rules rules,
            Outbox out,
            Consumer<Resource> hints,
            Moment now) {
        this.self = self;
        this.group = group;
        this.fingerprint = group.fingerprint();
        this.times = times;
        this.rules = rules;
        this.out = out;
        this.known = rules.incarnations(group);
        this.requester =
                new Requester(group, times, known, clock, () -> rules.mayAsk(isIn()) && !superseded, rules, out, hints);
        if (group.isVoter(self.nodeId())) {
            this.voter = voter(way, now);
        }
    }

    // ---- from the one who wants

    void acquire(LeaseRequest request, Consumer<? super AcquireAnswer> reply, Moment now) {
        watchClocks(now);
        requester.acquire(request, reply, now);
    }

    void renew(LeaseRequest request, Consumer<? super RenewAnswer> reply, Moment now) {
        watchClocks(now);
        requester.renew(request, reply, now);
    }

    /** @param next the node that is to have it next, if it asks soon */
    void release(Resource resource, Ticket ticket, @Nullable String next, Moment now) {
        watchClocks(now);
        requester.release(resource, ticket, next, now);
    }

    // ---- from the others

    void receive(Envelope envelope, Moment now) {
        watchClocks(now);
        ProcessId from = envelope.from();
        PeerMessage message = envelope.message();
        boolean isForAnother = envelope.incarnation() != Envelope.ANY && envelope.incarnation() != self.incarnation();
        if (superseded || isForAnother || message instanceof Refused) {
            return;
        }
        if (!rules.isSameGroup(envelope.fingerprint(), fingerprint)) {
            out.answer(
                    from,
                    new Refused(self.nodeId() + " knows another group: " + group.inWords()
                            + ". Give all members the same coordination.peers settings."));
            return;
        }
        learn(from, now);
        if (superseded) {
            return;
        }
        if (message instanceof OfVoter answer) {
            if (group.isVoter(from.nodeId())) {
                requester.answered(from, answer, now);
                learnOfSelf(now);
            }
        } else if (voter != null) {
            if (message instanceof Ask ask) {
                voter.asked(from, ask, now);
            } else if (message instanceof Free free) {
                voter.freed(from, free, now);
            } else if (message instanceof Read read && group.isVoter(from.nodeId())) {
                voter.read(from, read, now);
            } else if (message instanceof State state) {
                voter.told(from, state, now);
            }
        }
    }

    void tick(Moment now) {
        watchClocks(now);
        if (superseded) {
            return;
        }
        if (voter != null) {
            voter.tick(now);
        }
        requester.tick(now);
    }

    // ---- what it leaves

    /** When the next tick is wanted, on the monotonic clock. */
    long due() {
        long due = requester.due();
        return voter == null ? due : Math.min(due, voter.due());
    }

    /** Whether its vote counts; always so for one that has none. */
    boolean isIn() {
        return voter == null || voter.isIn();
    }

    /** Whether a newer process of the same node was heard of; then this one says nothing any more. */
    boolean isSuperseded() {
        return superseded;
    }

    Requester requester() {
        return requester;
    }

    @Nullable
    Voter voter() {
        return voter;
    }

    // ---- steps

    private Voter voter(Recovery.Way way, Moment now) {
        Recovery recovery = rules.recovery(self, group, times, known, way, out, now);
        return new Voter(self, group, times, known, recovery, rules, out, now);
    }

    private void learn(ProcessId from, Moment now) {
        if (from.nodeId().equals(self.nodeId()) && from.incarnation() > self.incarnation()) {
            supersede(now);
        }
    }

    private void learnOfSelf(Moment now) {
        if (known.of(self.nodeId()) > self.incarnation()) {
            supersede(now);
        }
    }

    private void supersede(Moment now) {
        superseded = true;
        requester.loseAll(now);
    }

    /**
     * A wall clock that has run ahead of the monotonic one tells of a machine that was suspended, or restored to an earlier
     * state: what the voter remembers may not be all that it granted.
     */
    private void watchClocks(Moment now) {
        long lead = now.micros() * NANOS_PER_MICRO - now.nanos();
        leastLead = Math.min(leastLead, lead);
        if (lead - leastLead > times.clockDifference()) {
            leastLead = lead;
            if (voter != null) {
                voter = voter(Recovery.Way.WAIT, now);
            }
        }
    }
}
