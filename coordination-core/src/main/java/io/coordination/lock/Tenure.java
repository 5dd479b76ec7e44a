package io.coordination.lock;

import io.coordination.time.Moment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The time for which this process has the store's grant: one ticket, one token base, and the turns of the waiters between
 * whom it is handed over.
 */
class Tenure {

    /** Hand-overs inside the process once another process may wait. */
    static final int HAND_OVERS_BEFORE_OTHERS = 8;

    private static final long LARGEST_MARGIN = Duration.ofMillis(50).toNanos();

    final Ticket ticket;
    final Duration lease;

    private final long base;

    private volatile Moment countsFrom;

    private @Nullable Moment othersSince;
    private int handOvers;
    private int handOversWithOthers;
    private long renewalDue;
    private boolean renewalUnanswered;

    Tenure(Ticket ticket, Duration lease, AcquireAnswer.Granted granted, Moment now) {
        this.ticket = ticket;
        this.lease = lease;
        this.base = granted.tokenBase();
        this.countsFrom = granted.countsFrom();
        noteOthers(granted.othersMayWait(), now);
        scheduleRenewal();
    }

    /** Whether the authority is over, by whichever of the holder's clocks ran faster. */
    boolean isOver(Moment now) {
        return now.nanosSince(countsFrom) >= authority();
    }

    long deadline() {
        return countsFrom.nanos() + authority();
    }

    Duration remaining(Moment now) {
        return Duration.ofNanos(Math.max(0, authority() - now.nanosSince(countsFrom)));
    }

    FencingToken token() {
        return FencingToken.of(base, handOvers);
    }

    /**
     * Whether the next waiter may have the tenure without asking the store: it must want the same lease, get most of it, and
     * find a token left; and other processes must get their turn.
     */
    boolean mayHandOverTo(Waiter next, Moment now) {
        return handOvers + 1 < FencingToken.BLOCK
                && next.options.renew()
                && next.options.lease().equals(lease)
                && now.nanosSince(countsFrom) < leaseNanos() / 3
                && !othersAreDue(now);
    }

    void handOver() {
        handOvers++;
        if (othersSince != null) {
            handOversWithOthers++;
        }
    }

    /** What the holder may count on: the lease less a margin for the time between a look at the clock and the act. */
    private long authority() {
        return leaseNanos() - Math.min(LARGEST_MARGIN, leaseNanos() / 10);
    }

    private long leaseNanos() {
        return lease.toNanos();
    }

    private boolean othersAreDue(Moment now) {
        return othersSince != null
                && (handOversWithOthers >= HAND_OVERS_BEFORE_OTHERS || now.nanosSince(othersSince) >= leaseNanos());
    }

    long renewalDue() {
        return renewalDue;
    }

    /** A renewal leaves now; if it is not answered, another follows well inside the lease. True if the last one was not. */
    boolean renewalLeaves(Moment now) {
        boolean unanswered = renewalUnanswered;
        renewalUnanswered = true;
        renewalDue = now.nanos() + leaseNanos() / 12;
        return unanswered;
    }

    void renewed(RenewAnswer.Renewed answer, Moment now) {
        renewalUnanswered = false;
        noteOthers(answer.othersMayWait(), now);
        if (answer.countsFrom().nanos() > countsFrom.nanos()) {
            countsFrom = answer.countsFrom();
        }
        scheduleRenewal();
    }

    void renewalFailed() {
        renewalUnanswered = false;
    }

    private void scheduleRenewal() {
        // Spread by up to a tenth, so that the leases of a burst are not renewed in a burst.
        long spread = Math.floorMod(ticket.micros() * 0x9E3779B97F4A7C15L, leaseNanos() / 30 + 1);
        renewalDue = countsFrom.nanos() + leaseNanos() / 3 - spread;
    }

    void noteOthers(boolean othersMayWait, Moment now) {
        if (!othersMayWait) {
            othersSince = null;
            handOversWithOthers = 0;
        } else if (othersSince == null) {
            othersSince = now;
        }
    }
}
