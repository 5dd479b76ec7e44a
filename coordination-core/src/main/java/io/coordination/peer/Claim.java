package io.coordination.peer;

import io.coordination.lock.AcquireAnswer;
import io.coordination.lock.LeaseRequest;
import io.coordination.lock.RenewAnswer;
import io.coordination.lock.Resource;
import io.coordination.lock.Ticket;
import io.coordination.peer.PeerMessage.Ask;
import io.coordination.peer.PeerMessage.Free;
import io.coordination.peer.PeerMessage.Grant;
import io.coordination.peer.PeerMessage.Queued;
import io.coordination.peer.PeerMessage.Stale;
import io.coordination.peer.PeerMessage.Wanted;
import io.coordination.time.Moment;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One acquisition of one resource, as its process sees it: wanted, then held, until it is released or its authority is over. A
 * grant is worth the stamp it echoes plus the length of the lease, and nothing else; a majority is a set of voters.
 */
class Claim {

    final Requester requester;
    final Resource resource;
    private final Ticket ticket;
    private final long lease;
    final Votes votes;

    /** Grants that answer anything older belong to what was released before. */
    final long freeMark;

    private long base;

    /** The stamp from which the authority counts; null while it is only wanted. */
    private @Nullable Moment countsFrom;

    private boolean over;
    private boolean disowned;

    /** Whether the one who wants it knows that it is held; if it does not come for it, it is given back. */
    private boolean collected;

    private long collectBy;
    private long nextAsk = Timers.NEVER;
    private long backOff;
    private final Replies replies = new Replies(this);

    /** What answers a renewal was asked at this stamp or later. */
    private long renewStamp = Long.MIN_VALUE;

    Claim(Requester requester, LeaseRequest request, Moment now) {
        this.requester = requester;
        this.resource = request.resource();
        this.ticket = request.ticket();
        this.lease = request.lease().toNanos();
        this.freeMark = requester.lastStamp();
        this.base = freshBase(now);
        this.votes = new Votes(requester.group());
    }

    // ---- from the one who wants

    /** Of a claim that is not over, as the requester has looked. */
    void acquire(Consumer<? super AcquireAnswer> answer, Moment now) {
        replies.toAcquire(answer, now);
        if (isHeld()) {
            replies.granted();
            if (isDueForRenewal(now)) {
                renewStamp = requester.lastStamp() + 1;
                askAll(now);
            }
        } else if (nextAsk == Timers.NEVER) {
            askAll(now);
        } else {
            replies.decide(now);
        }
    }

    void renew(Consumer<? super RenewAnswer> answer, Moment now) {
        check(now);
        if (over || disowned || !isHeld()) {
            answer.accept(new RenewAnswer.NotHeld());
            if (disowned) {
                requester.lost(this, now);
            }
            return;
        }
        replies.toRenew(answer, now);
        renewStamp = requester.lastStamp() + 1;
        askAll(now);
    }

    /**
     * It is not to be relied on any more, but whoever acts on it does not know yet: it is given back when the next renewal has
     * told, or when it has run out. Says whether somebody may act on it, and will not hear of it at once.
     */
    boolean disown() {
        disowned = isHeld() && collected && !replies.isRenewalAwaited();
        return disowned;
    }

    /** Whoever calls has stopped. */
    void release(@Nullable String next, Moment now) {
        over = true;
        replies.released();
        Moment stamp = requester.stamp(now);
        for (Vote vote : votes) {
            requester.send(vote.voter, new Free(resource, stamp, next));
        }
    }

    // ---- from the voters

    void granted(Vote vote, long incarnation, Grant grant, Moment now) {
        check(now);
        if (over || disowned || !isNews(vote, incarnation, grant)) {
            return;
        }
        boolean firstGrant = votes.count(this::counts) == 0;
        vote.granted(grant, incarnation);
        if (firstGrant && !isHeld()) {
            backOff = times().retry();
            nextAsk = Math.min(nextAsk, now.nanos() + backOff);
        }
        evaluate(now);
        replies.decide(now);
    }

    void queued(Vote vote, Queued answer, Moment now) {
        check(now);
        if (!over && answer.echo().nanos() > freeMark && !isHeld()) {
            vote.queued(answer, now);
            replies.decide(now);
        }
    }

    void stale(Vote vote, Stale answer, Moment now) {
        check(now);
        if (over || isHeld() || answer.echo().nanos() <= freeMark) {
            return;
        }
        vote.stale();
        if (answer.standing().floor() >= base) {
            base = freshBase(now);
            askAll(now);
        }
    }

    void wanted(Vote vote, Wanted wanted, Moment now) {
        check(now);
        if (over) {
            return;
        }
        if (isHeld()) {
            vote.othersWait = true;
            whenWantedWhileHeld(vote, now);
            requester.hint(resource);
        } else if (wanted.head().compareTo(ticket) < 0) {
            yieldTo(vote, now);
        }
    }

    void tick(Moment now) {
        check(now);
        if (over) {
            return;
        }
        replies.decide(now);
        if (isHeld() && !collected && collectBy <= now.nanos()) {
            requester.lost(this, now);
            return;
        }
        if (nextAsk <= now.nanos()) {
            askAgain(now);
        }
    }

    // ---- what it leaves

    long due() {
        long due = nextAsk;
        Moment from = countsFrom;
        if (from != null) {
            due = Math.min(due, from.nanos() + lasts());
            due = collected ? due : Math.min(due, collectBy);
        }
        return Math.min(due, replies.due());
    }

    Ticket ticket() {
        return ticket;
    }

    boolean isOver() {
        return over;
    }

    boolean isDisowned() {
        return disowned;
    }

    boolean isHeld() {
        return countsFrom != null;
    }

    long base() {
        return base;
    }

    /** The stamp from which the authority counts; null while it is only wanted. */
    @Nullable
    Moment countsFrom() {
        return countsFrom;
    }

    long renewStamp() {
        return renewStamp;
    }

    /** The one who wants it has heard that it is held. */
    void collected() {
        collected = true;
    }

    Vote vote(String voter) {
        return votes.of(voter);
    }

    /** Whether the process may act as the holder, by the larger of its two clocks. */
    boolean isHeld(Moment now) {
        return !over && countsFrom != null && now.nanosSince(countsFrom) < authority();
    }

    // ---- rules

    /** So many different voters, with the same base. */
    int quorum() {
        return requester.group().quorum();
    }

    long authority() {
        return lease - times().margin();
    }

    /** A grant counts if it answers what was asked since the last release and yield, and its voter was not replaced since. */
    boolean counts(Vote vote) {
        Moment echo = vote.echo;
        return echo != null
                && echo.nanos() > freeMark
                && echo.nanos() >= vote.yieldMark
                && vote.incarnation >= requester.known().of(vote.voter);
    }

    boolean isNews(Vote vote, long incarnation, Grant grant) {
        return incarnation >= requester.known().of(vote.voter)
                && grant.echo().nanos() > freeMark
                && grant.echo().nanos() >= vote.yieldMark
                && grant.echo().nanos() <= requester.lastStamp()
                && (vote.echo == null || vote.echo.nanos() < grant.echo().nanos() || vote.incarnation < incarnation);
    }

    boolean isMajority(int voters) {
        return voters >= quorum();
    }

    /** From when the authority counts: the newest stamp that a majority has echoed at least. */
    Moment counted(Moment worth, Moment now) {
        return worth;
    }

    /** Each tenure has a base of its own, above every floor that this process has heard of. */
    long freshBase(Moment now) {
        return requester.nextBase(ticket, now);
    }

    boolean isSameTenure(Vote one, Vote other) {
        return one.base == other.base;
    }

    /** The first thing in every step, so that nothing that comes late revives a lease. */
    void check(Moment now) {
        if (!over && countsFrom != null && now.nanosSince(countsFrom) >= lasts()) {
            requester.lost(this, now);
        }
    }

    void whenWantedWhileHeld(Vote vote, Moment now) {}

    /** Whoever acts on a disowned one without knowing measures by clocks that differ from the corrected one. */
    private long lasts() {
        return disowned ? times().exclusion(lease) + times().clockDifference() : authority();
    }

    // ---- steps

    void yieldTo(Vote vote, Moment now) {
        Moment stamp = requester.stamp(now);
        vote.yielded(stamp);
        requester.send(vote.voter, ask(stamp, true));
    }

    private void evaluate(Moment now) {
        if (isHeld()) {
            Moment worth = worth(null);
            if (worth != null) {
                prolong(counted(worth, now));
            }
            return;
        }
        for (Vote candidate : votes) {
            Moment worth = counts(candidate) ? worth(candidate) : null;
            if (worth != null && now.nanosSince(counted(worth, now)) < authority()) {
                base = candidate.base;
                countsFrom = counted(worth, now);
                nextAsk = Timers.NEVER;
                collectBy = now.nanos() + times().reservation();
                if (!replies.isAwaited()) {
                    requester.hint(resource);
                }
                return;
            }
        }
    }

    /**
     * The newest stamp that a majority has echoed at least.
     *
     * @param candidate the grant whose base the others must have; null for any, as a held lease is prolonged by any
     * @return null if there is no majority
     */
    private @Nullable Moment worth(@Nullable Vote candidate) {
        List<Moment> echoes =
                votes.echoes(vote -> counts(vote) && (candidate == null || isSameTenure(candidate, vote)));
        return isMajority(echoes.size()) ? echoes.get(Math.min(quorum(), echoes.size()) - 1) : null;
    }

    private void prolong(Moment from) {
        if (countsFrom == null || from.nanos() > countsFrom.nanos()) {
            countsFrom = from;
        }
        if (from.nanos() >= renewStamp) {
            nextAsk = Timers.NEVER;
        }
    }

    private void askAll(Moment now) {
        backOff = times().retry();
        ask(vote -> true, now);
    }

    /** While something is missing, ask those that have not granted, more and more rarely; else only say that it still waits. */
    void askAgain(Moment now) {
        if (isHeld()) {
            ask(vote -> vote.echo == null || vote.echo.nanos() < renewStamp, now);
        } else {
            // Grants that are too old, or of different bases, are asked for again.
            boolean enough = isMajority(votes.count(this::counts));
            ask(enough || !isMissingAnything() ? vote -> true : vote -> !counts(vote), now);
        }
    }

    private void ask(Predicate<Vote> whom, Moment now) {
        if (requester.whyNotAsking() == null) {
            Moment stamp = requester.stamp(now);
            for (Vote vote : votes) {
                if (whom.test(vote)) {
                    requester.send(vote.voter, ask(stamp, false));
                }
            }
        }
        long keepAlive = times().keepAlive(lease);
        nextAsk = now.nanos() + (isMissingAnything() ? Math.min(backOff, keepAlive) : keepAlive);
        backOff = Math.min(2 * backOff, PeerTimes.MOST_BACK_OFF * times().retry());
    }

    private boolean isMissingAnything() {
        return isHeld() || votes.count(Vote::isAnswered) < votes.size() || votes.count(this::counts) > 0;
    }

    private Ask ask(Moment stamp, boolean yield) {
        return new Ask(resource, stamp, ticket, base, Duration.ofNanos(lease), isHeld(), yield);
    }

    private boolean isDueForRenewal(Moment now) {
        return countsFrom != null && now.nanosSince(countsFrom) >= times().keepAlive(lease);
    }

    PeerTimes times() {
        return requester.times();
    }
}
