package io.coordination.lock;

import io.coordination.time.Moment;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what the steps ask for: talks to the store, settles waiters, tells observers and the log. */
final class EffectRunner implements Effect.World {

    private static final Logger log = LoggerFactory.getLogger("io.coordination.lock");

    private final LeaseStore store;
    private final Observers observers;
    private final Census census;
    private final Function<Resource, Stripe> stripes;

    EffectRunner(LeaseStore store, Observers observers, Census census, Function<Resource, Stripe> stripes) {
        this.store = store;
        this.observers = observers;
        this.census = census;
        this.stripes = stripes;
    }

    @Override
    public void ask(LeaseRequest request) {
        try {
            store.acquire(request, answer -> answered(request, answer));
        } catch (RuntimeException broken) {
            answered(request, new AcquireAnswer.Unknown(broken));
        }
    }

    @Override
    public void renew(LeaseRequest request) {
        try {
            store.renew(request, answer -> renewalAnswered(request, answer));
        } catch (RuntimeException broken) {
            renewalAnswered(request, new RenewAnswer.Unknown(broken));
        }
    }

    @Override
    public void release(Resource resource, Ticket ticket) {
        try {
            store.release(resource, ticket, answer -> releaseAnswered(resource, ticket, answer));
        } catch (RuntimeException broken) {
            releaseAnswered(resource, ticket, new ReleaseAnswer.Unknown(broken));
        }
    }

    @Override
    public void give(Grant grant) {
        Waiter waiter = grant.waiter;
        census.settled();
        if (log.isDebugEnabled()) {
            log.debug("{} granted to {} with token {}", waiter.resource, waiter.holder, grant.token());
        }
        observers.acquired(grant);
        waiter.complete(grant);
    }

    @Override
    public void refuse(Waiter waiter, Refusal refusal, Moment at) {
        census.settled();
        turnAway(waiter, refusal, at);
    }

    /** Refuses a waiter that was never let in. */
    void turnAway(Waiter waiter, Refusal refusal, Moment at) {
        log.debug("{} refused to {}: {}", waiter.resource, waiter.holder, refusal);
        observers.notAcquired(waiter, refusal.reason(), at);
        waiter.complete(refusal);
    }

    @Override
    public void waiting(Waiter waiter) {
        log.debug("{} waits for {} with ticket {}", waiter.holder, waiter.resource, waiter.ticket);
        observers.waiting(waiter);
    }

    @Override
    public void gaveUp(Waiter waiter, Moment at) {
        census.settled();
        log.debug("{} no longer waits for {}", waiter.holder, waiter.resource);
        observers.notAcquired(waiter, null, at);
    }

    @Override
    public void atRisk(Grant grant, @Nullable Throwable cause) {
        log.warn(
                "The lease on {} with token {} is at risk: its renewal {}. It is tried again until the deadline.",
                grant.waiter.resource,
                grant.token(),
                cause == null ? "was not answered" : "failed",
                cause);
        observers.atRisk(grant);
    }

    @Override
    public void heldLong(Grant grant) {
        log.warn(
                "The lease on {} with token {} has been held by {} for half of its maximum hold of {}; it ends there."
                        + " Shorten the work, or raise maximum-hold.",
                grant.waiter.resource,
                grant.token(),
                grant.waiter.holder,
                grant.waiter.options.maximumHold());
    }

    @Override
    public void ended(Grant grant) {
        LeaseLoss loss = grant.loss();
        if (loss == null) {
            if (log.isDebugEnabled()) {
                log.debug("{} released by {}, token {}", grant.waiter.resource, grant.waiter.holder, grant.token());
            }
        } else {
            log.warn("{} Its holder was {}.", loss.inWords(), loss.holder());
            grant.lossListeners().fire(loss);
            observers.lost(loss);
        }
        observers.ended(grant);
    }

    private void answered(LeaseRequest request, AcquireAnswer answer) {
        log.trace("store to {}: {}", request, answer);
        // Always a step, even if nobody here wants the resource any more: a late grant has to be given back.
        stripes.apply(request.resource()).step(request.resource(), (lock, now) -> {
            lock.answered(request, answer, now);
            return lock;
        });
    }

    private void renewalAnswered(LeaseRequest request, RenewAnswer answer) {
        log.trace("store to renewal {}: {}", request, answer);
        stripes.apply(request.resource())
                .stepIfPresent(request.resource(), (lock, now) -> lock.renewalAnswered(request, answer, now));
    }

    private void releaseAnswered(Resource resource, Ticket ticket, ReleaseAnswer answer) {
        log.trace("store to release of {}: {}", ticket, answer);
        stripes.apply(resource).stepIfPresent(resource, (lock, now) -> lock.releaseAnswered(ticket, answer, now));
    }
}
