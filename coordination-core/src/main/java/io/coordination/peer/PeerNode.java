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
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One process of the group: its vote, if it has one, and its claims. Pure: time comes in with every event, messages go out,
 * and {@link #due} says when the next {@link #tick} is wanted. Not safe for several threads.
 */
class PeerNode {

    private static final long NANOS_PER_MICRO = 1_000;

    private final Membership member;
    private final long fingerprint;
    private final Ceiling ceiling;
    private final Refusals refusals;
    private final Requester requester;
    private @Nullable Voter voter;

    /** A newer process of this node, if one was heard of; then this one says nothing any more. */
    private @Nullable ProcessId successor;

    /** The clocks of the event before. */
    private Moment lastLook;

    /** What the monotonic clock of the process has missed while the machine was away; added to it in all that follows. */
    private long missed;

    PeerNode(
            Membership member,
            HybridClock clock,
            Recovery.Way way,
            Ceiling ceiling,
            Consumer<Resource> hints,
            Moment now) {
        this.member = member;
        this.fingerprint = member.group().fingerprint();
        this.ceiling = ceiling;
        this.lastLook = now;
        this.refusals = new Refusals(member.group());
        this.requester = new Requester(member, clock, this::whyNotAsking, refusals, hints);
        if (member.group().isVoter(member.node())) {
            this.voter = voter(way, now);
        }
    }

    // ---- from the one who wants

    void acquire(LeaseRequest request, Consumer<? super AcquireAnswer> reply, Moment clocks) {
        Moment now = watch(clocks);
        if (successor != null) {
            reply.accept(new AcquireAnswer.Unknown(mayNotAsk(request.resource())));
        } else {
            requester.acquire(request, answer -> reply.accept(onItsClock(answer)), now);
        }
    }

    void renew(LeaseRequest request, Consumer<? super RenewAnswer> reply, Moment clocks) {
        requester.renew(request, answer -> reply.accept(onItsClock(answer)), watch(clocks));
    }

    /** @param next the node that is to have it next, if it asks soon */
    void release(Resource resource, Ticket ticket, @Nullable String next, Moment clocks) {
        requester.release(resource, ticket, next, watch(clocks));
    }

    // ---- from the others

    void receive(Envelope envelope, Moment clocks) {
        Moment now = watch(clocks);
        ProcessId from = envelope.from();
        PeerMessage message = envelope.message();
        boolean isForAnother = envelope.incarnation() != Envelope.ANY
                && envelope.incarnation() != member.self().incarnation();
        if (successor != null || isForAnother) {
            return;
        }
        if (message instanceof Refused refused) {
            refusals.refused(from.nodeId(), refused.reason());
            return;
        }
        if (!member.rules().isSameGroup(envelope.fingerprint(), fingerprint)) {
            member.out()
                    .answer(
                            from,
                            new Refused(member.node() + " knows another group: "
                                    + member.group().inWords()
                                    + ". Give all members the same coordination.peers settings."));
            return;
        }
        learn(from, now);
        if (successor != null) {
            return;
        }
        if (message instanceof OfVoter || message instanceof State) {
            refusals.listens(from.nodeId());
        }
        if (message instanceof OfVoter answer) {
            if (member.group().isVoter(from.nodeId())) {
                requester.answered(from, answer, now);
                learnOfSelf(now);
            }
        } else if (voter != null) {
            if (message instanceof Ask ask) {
                voter.asked(from, ask, now);
            } else if (message instanceof Free free) {
                voter.freed(from, free, now);
            } else if (message instanceof Read read && member.group().isVoter(from.nodeId())) {
                voter.read(from, read, now);
            } else if (message instanceof State state) {
                voter.told(from, state, now);
                learnOfSelf(now);
            }
        }
    }

    void tick(Moment clocks) {
        Moment now = watch(clocks);
        if (voter != null && successor == null) {
            voter.tick(now);
        }
        requester.tick(now);
    }

    // ---- from the data directory

    void ceilingRaised(long bound, Moment clocks) {
        ceiling.raised(bound);
        ceilingTried(watch(clocks));
    }

    /** Says whether that is news. */
    boolean ceilingFailed(String reason, Moment clocks) {
        boolean news = ceiling.failed(reason);
        ceilingTried(watch(clocks));
        return news;
    }

    private void ceilingTried(Moment now) {
        if (voter != null && successor == null) {
            voter.ceilingTried(now);
        }
    }

    // ---- what it leaves

    /** When the next tick is wanted, on the monotonic clock. */
    long due() {
        long requested = requester.due();
        long due = voter == null || successor != null ? requested : Math.min(requested, voter.due());
        return due == Timers.NEVER ? due : due - missed;
    }

    /** These clocks, as this process reads them since its machine was away. */
    Moment here(Moment clocks) {
        return missed == 0 ? clocks : new Moment(clocks.nanos() + missed, clocks.micros());
    }

    PeerState state() {
        return successor != null ? PeerState.SUPERSEDED : isIn() ? PeerState.READY : PeerState.RECOVERING;
    }

    /** Why voters do not listen to it, in their words. */
    Map<String, String> refusals() {
        return refusals.all();
    }

    /** Whether its vote counts; always so for one that has none. */
    boolean isIn() {
        return voter == null || voter.isIn();
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
        long floor = voter == null ? ceiling.floor() : Math.max(ceiling.floor(), voter.highestFloor());
        return new Voter(member, member.rules().recovery(member, way, now), ceiling, floor, now);
    }

    private @Nullable String whyNotAsking() {
        if (successor != null) {
            return "a newer process of " + member.node() + " was heard of, incarnation " + successor.incarnation()
                    + "; this one is "
                    + member.self().incarnation()
                    + ". Stop one of them, or give them different coordination.node-id.";
        }
        return member.rules().mayAsk(isIn())
                ? null
                : "its own vote does not count yet, which after a start takes until it has read from the other voters,"
                        + " or the quarantine is over.";
    }

    private NoMajorityException mayNotAsk(Resource resource) {
        return NoMajorityException.mayNotAsk(resource, String.valueOf(whyNotAsking()));
    }

    /** Whether it is this one's successor. */
    private void learn(ProcessId process, Moment now) {
        if (successor == null
                && process.nodeId().equals(member.node())
                && process.incarnation() > member.self().incarnation()) {
            successor = process;
            requester.disownAll(now);
        }
    }

    private void learnOfSelf(Moment now) {
        if (member.known().of(member.node()) > member.self().incarnation()) {
            learn(new ProcessId(member.node(), member.known().of(member.node())), now);
        }
    }

    private AcquireAnswer onItsClock(AcquireAnswer answer) {
        return answer instanceof AcquireAnswer.Granted granted
                ? new AcquireAnswer.Granted(
                        granted.tokenBase(), onItsClock(granted.countsFrom()), granted.othersMayWait())
                : answer;
    }

    private RenewAnswer onItsClock(RenewAnswer answer) {
        return answer instanceof RenewAnswer.Renewed renewed
                ? new RenewAnswer.Renewed(onItsClock(renewed.countsFrom()), renewed.othersMayWait())
                : answer;
    }

    private Moment onItsClock(Moment here) {
        return missed == 0 ? here : new Moment(here.nanos() - missed, here.micros());
    }

    /**
     * A wall clock that has run ahead of the monotonic one tells of a machine that was suspended, or set back to an earlier
     * state: what is remembered may not be all that was granted, held and said. The clock goes on from where it would be, so
     * that no stamp is used again.
     */
    private Moment watch(Moment clocks) {
        Moment now = here(clocks);
        long passed = now.nanos() - lastLook.nanos();
        long away = (now.micros() - lastLook.micros()) * NANOS_PER_MICRO - passed;
        lastLook = now;
        // The two clocks may run at different rates.
        if (!member.rules().wasAway(away - passed / 50, member.times().clockDifference())) {
            return now;
        }
        missed += away + away / 50;
        now = here(clocks);
        lastLook = now;
        requester.disownAll(now);
        if (voter != null) {
            voter = voter(Recovery.Way.WAIT, now);
        }
        return now;
    }
}
