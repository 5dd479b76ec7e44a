package io.coordination.lock;

import io.coordination.time.Moment;
import org.jspecify.annotations.Nullable;

/**
 * The one request that a process has with the store for a resource, on behalf of whoever waits there first. Between two
 * attempts it waits for a wake-up, or for the moment from which it is worth asking again.
 */
final class Asking {

    private static final long LONGEST_BACK_OFF = 5_000_000_000L;

    final Ticket ticket;
    final LockOptions options;

    private @Nullable LeaseRequest outstanding;
    private boolean wokenMeanwhile;
    private long nextAttempt;
    private long lastWokenAttempt = Long.MIN_VALUE;
    private int failures;
    private @Nullable Throwable failure;
    private @Nullable String holderElsewhere;

    Asking(Waiter waiter) {
        this.ticket = waiter.ticket;
        this.options = waiter.options;
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
        LeaseRequest request = new LeaseRequest(resource, ticket, options.lease(), holder, now);
        outstanding = request;
        wokenMeanwhile = false;
        // A grant counts from its attempt: an answer that takes longer than the lease is worth nothing.
        nextAttempt = now.nanos() + options.lease().toNanos();
        return request;
    }

    void busy(AcquireAnswer.Busy answer, Moment now) {
        outstanding = null;
        failures = 0;
        failure = null;
        holderElsewhere = answer.holder();
        nextAttempt = now.nanos()
                + Math.max(
                        pause(),
                        answer.remaining().compareTo(LockOptions.LONGEST) > 0
                                ? LockOptions.LONGEST.toNanos()
                                : answer.remaining().toNanos());
        if (wokenMeanwhile) {
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

    @Nullable
    String holderElsewhere() {
        return holderElsewhere;
    }

    private long pause() {
        return options.retryInterval().toNanos();
    }
}
