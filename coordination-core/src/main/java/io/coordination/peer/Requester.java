package io.coordination.peer;

import io.coordination.ProcessId;
import io.coordination.lock.AcquireAnswer;
import io.coordination.lock.LeaseRequest;
import io.coordination.lock.RenewAnswer;
import io.coordination.lock.Resource;
import io.coordination.lock.Ticket;
import io.coordination.peer.PeerMessage.Free;
import io.coordination.peer.PeerMessage.Grant;
import io.coordination.peer.PeerMessage.OfVoter;
import io.coordination.peer.PeerMessage.Queued;
import io.coordination.peer.PeerMessage.Stale;
import io.coordination.peer.PeerMessage.Wanted;
import io.coordination.time.HybridClock;
import io.coordination.time.Moment;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The claims of one process. Nothing is kept of a resource that it neither wants nor holds: stamps are the process's. */
class Requester {

    private final Membership member;
    private final HybridClock clock;
    private final Supplier<@Nullable String> whyNotAsking;
    private final Refusals refusals;
    private final Consumer<Resource> hints;
    private final Map<Resource, Claim> claims = new HashMap<>();
    private final Timers<Resource> timers = new Timers<>();
    private long lastStamp = Long.MIN_VALUE;

    /** @param whyNotAsking null when the process may ask */
    Requester(
            Membership member,
            HybridClock clock,
            Supplier<@Nullable String> whyNotAsking,
            Refusals refusals,
            Consumer<Resource> hints) {
        this.member = member;
        this.clock = clock;
        this.whyNotAsking = whyNotAsking;
        this.refusals = refusals;
        this.hints = hints;
    }

    // ---- from the one who wants

    void acquire(LeaseRequest request, Consumer<? super AcquireAnswer> reply, Moment now) {
        Claim claim = claims.get(request.resource());
        if (claim != null) {
            claim.check(now);
            if (claim.isDisowned() && claim.ticket().equals(request.ticket())) {
                // Whoever asks for the same again does not act on it.
                end(claim, null, now);
            }
        }
        if (claim == null || claim.isOver()) {
            claim = member.rules().claim(this, request, now);
            claims.put(request.resource(), claim);
        } else if (!claim.ticket().equals(request.ticket())) {
            reply.accept(
                    new AcquireAnswer.Busy(Duration.ofNanos(times().retry()), "another acquisition of this process"));
            return;
        }
        claim.acquire(reply, now);
        timers.set(request.resource(), claim.due());
    }

    void renew(LeaseRequest request, Consumer<? super RenewAnswer> reply, Moment now) {
        Claim claim = claims.get(request.resource());
        if (claim == null || !claim.ticket().equals(request.ticket())) {
            reply.accept(new RenewAnswer.NotHeld());
        } else {
            claim.renew(reply, now);
            timers.set(request.resource(), claim.isOver() ? Timers.NEVER : claim.due());
        }
    }

    void release(Resource resource, Ticket ticket, @Nullable String next, Moment now) {
        Claim claim = claims.get(resource);
        if (claim != null && claim.ticket().equals(ticket)) {
            end(claim, next, now);
        }
    }

    // ---- from the voters

    void answered(ProcessId from, OfVoter answer, Moment now) {
        known().learn(answer.standing().incarnations());
        clock.observe(answer.standing().floor());
        Claim claim = claims.get(answer.resource());
        if (claim == null) {
            if (answer instanceof Grant || answer instanceof Wanted) {
                send(from.nodeId(), new Free(answer.resource(), stamp(now), null));
            }
            return;
        }
        Vote vote = claim.vote(from.nodeId());
        if (answer instanceof Grant grant) {
            claim.granted(vote, from.incarnation(), grant, now);
        } else if (answer instanceof Queued queued) {
            claim.queued(vote, queued, now);
        } else if (answer instanceof Stale stale) {
            claim.stale(vote, stale, now);
        } else if (answer instanceof Wanted wanted) {
            claim.wanted(vote, wanted, now);
        }
        timers.set(answer.resource(), claim.isOver() ? Timers.NEVER : claim.due());
    }

    void tick(Moment now) {
        for (Resource due = timers.takeDue(now.nanos()); due != null; due = timers.takeDue(now.nanos())) {
            Claim claim = claims.get(due);
            if (claim != null) {
                claim.tick(now);
                timers.set(due, claim.isOver() ? Timers.NEVER : Math.max(claim.due(), now.nanos() + 1));
            }
        }
    }

    /** Nothing that it holds is to be relied on any more, see {@link Claim#disown}, nor any answer to what it has said. */
    void disownAll(Moment now) {
        lastStamp = Math.max(lastStamp, now.nanos());
        for (Claim claim : List.copyOf(claims.values())) {
            if (!claim.disown()) {
                end(claim, null, now);
            }
        }
    }

    // ---- what it leaves

    long due() {
        return timers.due();
    }

    @Nullable
    Claim claim(Resource resource) {
        return claims.get(resource);
    }

    int size() {
        return claims.size();
    }

    // ---- for its claims

    PeerGroup group() {
        return member.group();
    }

    PeerTimes times() {
        return member.times();
    }

    Incarnations known() {
        return member.known();
    }

    /** Null when the process may ask. */
    @Nullable
    String whyNotAsking() {
        return whyNotAsking.get();
    }

    /** The words of voters that do not listen. */
    Map<String, String> refusals() {
        return refusals.all();
    }

    void send(String voter, PeerMessage message) {
        member.out().ask(voter, message);
    }

    void hint(Resource resource) {
        hints.accept(resource);
    }

    /** Strictly rising; may run ahead of the clock by as many nanoseconds as there were stamps in one of its ticks. */
    Moment stamp(Moment now) {
        lastStamp = Math.max(lastStamp + 1, now.nanos());
        return new Moment(lastStamp, now.micros());
    }

    long lastStamp() {
        return lastStamp;
    }

    long nextBase(Ticket ticket, Moment now) {
        clock.observe(ticket.micros());
        return clock.next(now.micros());
    }

    void lost(Claim claim, Moment now) {
        end(claim, null, now);
    }

    private void end(Claim claim, @Nullable String next, Moment now) {
        claims.remove(claim.resource, claim);
        timers.set(claim.resource, Timers.NEVER);
        claim.release(next, now);
    }
}
