package io.coordination.lock;

import io.coordination.time.Moment;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The one request that a process may have with the store for a resource, on behalf of whoever waits there first. Between two
 * attempts it waits for a wake-up, or for the moment from which it is worth asking again. One request follows another, each
 * with a ticket of its own.
 */
final class Asking {

    private static final long LONGEST_BACK_OFF = 5_000_000_000L;

    /** On whose behalf it was begun; present exactly while there is a request. */
    private @Nullable Waiter beginner;

    private @Nullable LeaseRequest outstanding;
    private boolean wokenMeanwhile;
    private boolean clearedMeanwhile;
    private long nextAttempt;
    private long lastWokenAttempt = Long.MIN_VALUE;
    private boolean answered;
    private int failures;
    private @Nullable Throwable failure;
    private @Nullable String holderElsewhere;

    /** Begins the request of this waiter, with its present ticket. */
    void begin(Waiter first) {
        beginner = first;
        outstanding = null;
        wokenMeanwhile = false;
        clearedMeanwhile = false;
        nextAttempt = Long.MAX_VALUE;
        lastWokenAttempt = Long.MIN_VALUE;
        answered = false;
        failures = 0;
        failure = null;
        holderElsewhere = null;
    }

    void end() {
        beginner = null;
        outstanding = null;
    }

    boolean isActive() {
        return beginner != null;
    }

    boolean isFor(Ticket other) {
        return beginner != null && beginner.ticket.equals(other);
    }

    Ticket ticket() {
        return active().ticket;
    }

    Duration lease() {
        return active().options.lease();
    }

    boolean isBetweenAttempts() {
        return isActive() && outstanding == null;
    }

    /** When something is to be done: the next attempt, or giving up an attempt that the store does not answer. */
    long due() {
        return nextAttempt;
    }

    boolean isOutstanding() {
        return outstanding != null;
    }

    boolean isOutstanding(LeaseRequest request) {
        return request.equals(outstanding);
    }

    LeaseRequest attempt(Resource resource, Holder holder, Moment now) {
        LeaseRequest request = new LeaseRequest(resource, ticket(), lease(), holder, now);
        outstanding = request;
        wokenMeanwhile = false;
        clearedMeanwhile = false;
        // A grant counts from its attempt: an answer that takes longer than the lease is worth nothing.
        nextAttempt = now.nanos() + lease().toNanos();
        return request;
    }

    void busy(AcquireAnswer.Busy answer, Moment now) {
        outstanding = null;
        answered = true;
        failures = 0;
        failure = null;
        holderElsewhere = answer.holder();
        nextAttempt = now.nanos()
                + Math.max(
                        pause(),
                        answer.remaining().compareTo(LockOptions.LONGEST) > 0
                                ? LockOptions.LONGEST.toNanos()
                                : answer.remaining().toNanos());
        if (clearedMeanwhile) {
            cleared(now);
        } else if (wokenMeanwhile) {
            woken(now);
        }
    }

    void failed(Throwable cause, Moment now) {
        outstanding = null;
        failure = cause;
        long backOff = pause() << Math.min(failures, 10);
        failures++;
        nextAttempt = now.nanos() + Math.min(backOff, Math.max(pause(), LONGEST_BACK_OFF));
    }

    /**
     * A lease of this process, which may have been in the way, was given back. Each release says so once: that needs no limit,
     * and must not use up the one wake-up by which a store tells that this request is served.
     */
    void cleared(Moment now) {
        if (outstanding != null) {
            clearedMeanwhile = true;
        } else {
            nextAttempt = Math.min(nextAttempt, now.nanos());
        }
    }

    /**
     * Brings the next attempt forward to now. Wake-ups that come to nothing do not make it ask more often than the retry
     * interval allows.
     */
    void woken(Moment now) {
        if (outstanding != null) {
            wokenMeanwhile = true;
            return;
        }
        long earliest = lastWokenAttempt == Long.MIN_VALUE ? now.nanos() : lastWokenAttempt + pause();
        long attempt = Math.max(now.nanos(), earliest);
        if (attempt < nextAttempt) {
            nextAttempt = attempt;
            lastWokenAttempt = attempt;
        }
    }

    Refusal refusal() {
        return failure == null
                ? new Refusal(LockNotAcquiredException.Reason.BUSY, holderElsewhere, null)
                : new Refusal(LockNotAcquiredException.Reason.STORE_UNAVAILABLE, null, failure);
    }

    /** For one whose wait has ended; whether the lock is busy is not known as long as nothing was answered. */
    Refusal refusalOutOfTime() {
        return failure == null && !answered && outstanding != null
                ? new Refusal(
                        LockNotAcquiredException.Reason.STORE_UNAVAILABLE,
                        null,
                        new TimeoutException("no answer before the wait ended"))
                : refusal();
    }

    @Nullable
    String holderElsewhere() {
        return holderElsewhere;
    }

    private long pause() {
        return active().options.retryInterval().toNanos();
    }

    private Waiter active() {
        return Objects.requireNonNull(beginner, "there is no request");
    }
}
