package io.coordination.lock;

import io.coordination.time.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What one process knows and does about one resource: a pure state machine. Time comes in with every step, effects go out, and
 * {@link #due()} says when the next step is wanted. It reads no clock, takes no lock and calls nobody; one step at a time.
 *
 * <pre>
 * state      means                                  leaves by
 * IDLE       nobody here wants the resource         want -> ASKING
 * ASKING     waiters; one request with the store    granted -> HELD; last waiter gone -> IDLE, request withdrawn
 * HELD       a tenure, its first waiter's grant     released -> HELD by hand-over, ASKING or IDLE; lost -> ASKING or IDLE
 * </pre>
 *
 * Beside these, releases are repeated until the store has confirmed them or the lease must have run out.
 */
class ResourceLock {

    private final Resource resource;
    private final Tickets tickets;
    private final Queue<Effect> effects;
    final Waiters waiters = new Waiters();
    private final Releases releases;

    /** Active exactly in the state ASKING. */
    private final Asking asking = new Asking();

    private @Nullable Tenure tenure;

    /** Present exactly while there is a tenure. */
    private @Nullable Grant grant;

    private boolean warnedOfLongHold;

    ResourceLock(Resource resource, Tickets tickets, Queue<Effect> effects) {
        this.resource = resource;
        this.tickets = tickets;
        this.effects = effects;
        this.releases = new Releases(resource, effects);
    }

    // ---- steps

    Waiter want(LockOptions options, Holder holder, Moment now) {
        loseIfOver(now);
        Waiter waiter = new Waiter(resource, options, holder, tickets.next(now), now);
        waiter.cameFirst = waiters.isEmpty();
        waiters.add(waiter);
        if (tenure == null && !asking.isActive()) {
            ask(waiter, now);
        } else if (waiter.triesOnce()) {
            waiters.remove(waiter);
            effects.add(new Effect.Refuse(waiter, refusal(), now));
        } else {
            tell(waiter);
        }
        return waiter;
    }

    /** The waiter wants no more, and nobody has a handle on the grant that may have come for it meanwhile. */
    void giveUp(Waiter waiter, Moment now) {
        loseIfOver(now);
        if (waiters.remove(waiter)) {
            effects.add(new Effect.GaveUp(waiter, now));
            withdrawIfNobodyWaits(now);
        } else if (grant != null && grant.waiter == waiter) {
            released(grant, now);
        }
    }

    void answered(LeaseRequest request, AcquireAnswer answer, Moment now) {
        loseIfOver(now);
        if (answer instanceof AcquireAnswer.Granted granted) {
            onGranted(request, granted, now);
        } else if (asking.isOutstanding(request)) {
            if (answer instanceof AcquireAnswer.Busy busy) {
                asking.busy(busy, now);
            } else if (answer instanceof AcquireAnswer.Unknown unknown) {
                asking.failed(unknown.cause(), now);
            }
            afterFruitlessAttempt(now);
        }
    }

    void renewalAnswered(LeaseRequest request, RenewAnswer answer, Moment now) {
        loseIfOver(now);
        Tenure current = tenure;
        Grant held = grant;
        if (current == null || held == null || !current.ticket.equals(request.ticket())) {
            return;
        }
        if (answer instanceof RenewAnswer.Renewed renewed) {
            current.renewed(renewed, now);
            held.atRisk(false);
        } else if (answer instanceof RenewAnswer.NotHeld) {
            lose(held, LeaseLoss.Reason.TAKEN, now);
        } else if (answer instanceof RenewAnswer.Unknown unknown) {
            current.renewalFailed();
            atRisk(held, unknown.cause());
        }
    }

    void releaseAnswered(Ticket ticket, ReleaseAnswer answer, Moment now) {
        loseIfOver(now);
        if (releases.answered(ticket, answer) && asking.isActive()) {
            // Our own lease was in the way of our own request.
            asking.cleared(now);
            attemptIfDue(now);
        }
    }

    /** The last handle of {@code ended} was closed. */
    void released(Grant ended, Moment now) {
        loseIfOver(now);
        Tenure current = tenure;
        if (grant != ended || current == null) {
            return;
        }
        ended.released(now);
        effects.add(new Effect.Ended(ended));
        Waiter next = waiters.first();
        if (next != null && current.mayHandOverTo(next, now)) {
            current.handOver();
            give(current, now);
        } else {
            end(current, now);
        }
    }

    /** A hint; to one that holds the resource it says that others want it. */
    void woken(Moment now) {
        loseIfOver(now);
        if (tenure != null) {
            tenure.noteOthers(true, now);
        }
        if (asking.isActive()) {
            asking.woken(now);
            attemptIfDue(now);
        }
    }

    /** Somebody has read the clock: if the authority is over by that reading, it is over for good. */
    void seen(Moment now) {
        loseIfOver(now);
    }

    void tick(Moment now) {
        loseIfOver(now);
        refuseThoseOutOfTime(now);
        releases.tick(now);
        if (asking.isOutstanding() && asking.due() <= now.nanos()) {
            asking.failed(new TimeoutException("no answer from the store"), now);
            afterFruitlessAttempt(now);
        } else {
            attemptIfDue(now);
        }
        Grant held = grant;
        Tenure current = tenure;
        if (held != null && current != null) {
            watch(held, current, now);
        }
    }

    void shutDown(Moment now) {
        loseIfOver(now);
        refuse(waiters.takeAll(), Refusal.SHUT_DOWN, now);
    }

    // ---- what the steps leave

    /** When the next {@link #tick} is wanted, on the monotonic clock; {@link Long#MAX_VALUE} for never. */
    long due() {
        long due = Math.min(releases.due(), waiters.due());
        if (asking.isActive()) {
            due = Math.min(due, asking.due());
        }
        if (tenure != null && grant != null) {
            due = Math.min(due, tenure.deadline());
            due = Math.min(due, grant.waiter.options.renew() ? tenure.renewalDue() : Long.MAX_VALUE);
            due = Math.min(due, warnedOfLongHold ? grant.heldUntil() : halfOfHold(grant));
        }
        return due;
    }

    boolean isIdle() {
        return waiters.isEmpty() && !asking.isActive() && tenure == null && releases.areDone();
    }

    @Nullable
    Grant held() {
        return grant;
    }

    int waiting() {
        return waiters.size();
    }

    @Nullable
    String heldElsewhere() {
        return asking.isActive() ? asking.holderElsewhere() : null;
    }

    // ---- rules

    private void ask(Waiter first, Moment now) {
        asking.begin(first);
        effects.add(new Effect.Ask(asking.attempt(resource, first.holder, now)));
    }

    private void attemptIfDue(Moment now) {
        Waiter first = waiters.first();
        if (first != null && asking.isBetweenAttempts() && asking.due() <= now.nanos()) {
            effects.add(new Effect.Ask(asking.attempt(resource, first.holder, now)));
        }
    }

    private void afterFruitlessAttempt(Moment now) {
        refuse(waiters.takeThoseThatTryOnce(), refusal(), now);
        waiters.forEach(this::tell);
        attemptIfDue(now);
    }

    private void onGranted(LeaseRequest request, AcquireAnswer.Granted granted, Moment now) {
        if (!asking.isFor(request.ticket())) {
            if (tenure == null || !tenure.ticket.equals(request.ticket())) {
                giveBack(request, now);
            }
            return;
        }
        asking.end();
        Tenure begun = tenure(request, granted, now);
        Waiter first = Objects.requireNonNull(waiters.first(), "whoever asks has a waiter");
        if (begun.isOver(now)) {
            giveBack(request, now);
            // A released ticket is never used again.
            first.ticket = tickets.next(now);
            asking.begin(first);
            asking.failed(new TimeoutException("the grant came when its lease had run out"), now);
            afterFruitlessAttempt(now);
        } else if (!first.options.lease().equals(request.lease())) {
            // Asked for by an earlier waiter, who wanted another lease and has left.
            end(begun, now);
        } else {
            give(begun, now);
        }
    }

    /** A grant that nobody waits for any more. */
    void giveBack(LeaseRequest request, Moment now) {
        releases.begin(request.ticket(), request.lease(), now);
    }

    Tenure tenure(LeaseRequest request, AcquireAnswer.Granted granted, Moment now) {
        return new Tenure(request.ticket(), request.lease(), granted, now);
    }

    private void give(Tenure current, Moment now) {
        Waiter first = next();
        tenure = current;
        grant = new Grant(first, current, now);
        warnedOfLongHold = false;
        effects.add(new Effect.Give(grant));
    }

    Waiter next() {
        return waiters.takeFirst();
    }

    /** Gives the tenure back and asks anew for those who wait. */
    private void end(Tenure over, Moment now) {
        tenure = null;
        grant = null;
        releases.begin(over.ticket, over.lease, now);
        Waiter next = waiters.first();
        if (next != null) {
            ask(next, now);
        }
    }

    /** The first thing in every step, so that nothing that comes late revives a lease. */
    void loseIfOver(Moment now) {
        Grant held = grant;
        if (tenure != null && held != null && tenure.isOver(now)) {
            lose(held, LeaseLoss.Reason.EXPIRED, now);
        }
    }

    private void lose(Grant held, LeaseLoss.Reason reason, Moment now) {
        held.lost(reason, now);
        effects.add(new Effect.Ended(held));
        end(held.tenure, now);
    }

    private void watch(Grant held, Tenure current, Moment now) {
        if (held.heldUntil() <= now.nanos()) {
            lose(held, LeaseLoss.Reason.MAXIMUM_HOLD, now);
            return;
        }
        if (!warnedOfLongHold && halfOfHold(held) <= now.nanos()) {
            warnedOfLongHold = true;
            effects.add(new Effect.HeldLong(held));
        }
        if (held.waiter.options.renew() && current.renewalDue() <= now.nanos()) {
            if (current.renewalLeaves(now)) {
                atRisk(held, null);
            }
            effects.add(new Effect.Renew(
                    new LeaseRequest(resource, current.ticket, current.lease, held.waiter.holder, now)));
        }
    }

    private void atRisk(Grant held, @Nullable Throwable cause) {
        held.atRisk(true);
        effects.add(new Effect.AtRisk(held, cause));
    }

    void refuseThoseOutOfTime(Moment now) {
        List<Waiter> late = waiters.takeThoseOutOfTime(now);
        if (!late.isEmpty()) {
            refuse(late, grant == null && asking.isActive() ? asking.refusalOutOfTime() : refusal(), now);
        }
    }

    private void refuse(List<Waiter> all, Refusal refusal, Moment now) {
        if (!all.isEmpty()) {
            all.forEach(waiter -> effects.add(new Effect.Refuse(waiter, refusal, now)));
            withdrawIfNobodyWaits(now);
        }
    }

    private void withdrawIfNobodyWaits(Moment now) {
        if (asking.isActive() && waiters.isEmpty()) {
            Ticket withdrawn = asking.ticket();
            Duration lease = asking.lease();
            asking.end();
            releases.begin(withdrawn, lease, now);
        }
    }

    private Refusal refusal() {
        if (grant != null) {
            return new Refusal(LockNotAcquiredException.Reason.BUSY, grant.waiter.holder.toString(), null);
        }
        return asking.isActive() ? asking.refusal() : new Refusal(LockNotAcquiredException.Reason.BUSY, null, null);
    }

    private void tell(Waiter waiter) {
        if (!waiter.told) {
            waiter.told = true;
            effects.add(new Effect.Waiting(waiter));
        }
    }

    private static long halfOfHold(Grant held) {
        return held.grantedAt.nanos() + held.waiter.options.maximumHold().toNanos() / 2;
    }
}
