package io.coordination.peer;

import io.coordination.lock.AcquireAnswer;
import io.coordination.lock.RenewAnswer;
import io.coordination.time.Moment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a claim owes to the one who wants it: an answer to each call, once, as soon as the votes decide it. */
final class Replies {

    private final Claim claim;
    private @Nullable Consumer<? super AcquireAnswer> acquire;
    private @Nullable Consumer<? super RenewAnswer> renew;
    private long calledAt;

    Replies(Claim claim) {
        this.claim = claim;
    }

    void toAcquire(Consumer<? super AcquireAnswer> answer, Moment now) {
        if (acquire != null) {
            answer(new AcquireAnswer.Unknown(new TimeoutException("asked again before the voters had answered")));
        }
        acquire = answer;
        calledAt = now.nanos();
    }

    void toRenew(Consumer<? super RenewAnswer> answer, Moment now) {
        if (renew != null) {
            renewed(new RenewAnswer.Unknown(new TimeoutException("asked again before the voters had answered")));
        }
        renew = answer;
        calledAt = now.nanos();
    }

    void released() {
        if (acquire != null) {
            answer(new AcquireAnswer.Unknown(new TimeoutException("released before the voters had answered")));
        }
        renewed(new RenewAnswer.NotHeld());
    }

    /** Whether somebody waits to hear that it is held. */
    boolean isAwaited() {
        return acquire != null;
    }

    boolean isRenewalAwaited() {
        return renew != null;
    }

    /** When an answer is owed even if nothing is heard. */
    long due() {
        if (acquire == null && renew == null) {
            return Timers.NEVER;
        }
        long retry = claim.times().retry();
        return calledAt + (acquire != null && isBlocked() ? retry : PeerTimes.MOST_BACK_OFF * retry);
    }

    void decide(Moment now) {
        if (claim.isHeld()) {
            if (acquire != null) {
                granted();
            } else if (renew != null) {
                decideRenewal(now);
            }
        } else if (acquire != null) {
            decideAcquisition(now);
        }
    }

    /** Of a claim that is held. */
    void granted() {
        Moment from = claim.countsFrom();
        if (from != null) {
            claim.collected();
            answer(new AcquireAnswer.Granted(claim.base(), from, othersWait()));
        }
    }

    private void decideAcquisition(Moment now) {
        long waited = now.nanos() - calledAt;
        if (isBlocked()
                && (claim.votes.count(Vote::isBehindEarlier) > 0
                        || waited >= claim.times().retry())) {
            busy(now);
        } else if (waited >= PeerTimes.MOST_BACK_OFF * claim.times().retry()) {
            if (claim.votes.count(Vote::isAnswered) >= claim.quorum()) {
                busy(now);
            } else {
                answer(new AcquireAnswer.Unknown(notEnough(Vote::isAnswered)));
            }
        }
    }

    private void decideRenewal(Moment now) {
        Moment from = claim.countsFrom();
        long asked = claim.renewStamp();
        if (from != null && from.nanos() >= asked) {
            renewed(new RenewAnswer.Renewed(from, othersWait()));
        } else if (now.nanos() - calledAt
                >= PeerTimes.MOST_BACK_OFF * claim.times().retry()) {
            renewed(new RenewAnswer.Unknown(notEnough(vote -> vote.echo != null && vote.echo.nanos() >= asked)));
        }
    }

    /** It is worth asking again when so many of the leases in the way have run out that a majority could meet. */
    private void busy(Moment now) {
        long[] freeAt = claim.votes.stream()
                .filter(Vote::isQueued)
                .mapToLong(Vote::freeAt)
                .sorted()
                .toArray();
        int missing = Math.max(1, claim.quorum() - claim.votes.count(claim::counts));
        long at = freeAt.length == 0 ? now.nanos() : freeAt[Math.min(missing, freeAt.length) - 1];
        String holder = claim.votes.stream()
                .map(Vote::holder)
                .filter(one -> one != null)
                .findFirst()
                .map(Object::toString)
                .orElse(null);
        answer(new AcquireAnswer.Busy(Duration.ofNanos(Math.max(0, at - now.nanos())), holder));
    }

    private NoMajorityException notEnough(Predicate<Vote> answered) {
        Requester requester = claim.requester;
        String reason = requester.whyNotAsking();
        if (reason != null) {
            return NoMajorityException.mayNotAsk(claim.resource, reason);
        }
        return NoMajorityException.tooFew(
                claim.resource, voters(answered), voters(answered.negate()), claim.quorum(), requester.refusals());
    }

    private List<String> voters(Predicate<Vote> which) {
        return claim.votes.stream().filter(which).map(vote -> vote.voter).toList();
    }

    private boolean isBlocked() {
        return claim.votes.count(Vote::isQueued) >= claim.requester.group().blocking();
    }

    private boolean othersWait() {
        return claim.votes.count(vote -> vote.othersWait) > 0;
    }

    private void answer(AcquireAnswer answer) {
        Consumer<? super AcquireAnswer> waiting = acquire;
        acquire = null;
        if (waiting != null) {
            waiting.accept(answer);
        }
    }

    private void renewed(RenewAnswer answer) {
        Consumer<? super RenewAnswer> waiting = renew;
        renew = null;
        if (waiting != null) {
            waiting.accept(answer);
        }
    }
}
