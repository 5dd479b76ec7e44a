package io.coordination.lock;

import io.coordination.time.Moment;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All observers of a manager. What one of them throws is logged and harms nobody. */
final class Observers {

    private static final Logger log = LoggerFactory.getLogger("io.coordination.lock");

    private final List<LockObserver> observers;

    Observers(List<LockObserver> observers) {
        this.observers = List.copyOf(observers);
    }

    void waiting(Waiter waiter) {
        tell(observer -> observer.waiting(waiter.resource));
    }

    void acquired(Grant grant) {
        if (!observers.isEmpty()) {
            Waiter waiter = grant.waiter;
            Duration waited = between(waiter.since, grant.grantedAt);
            tell(observer -> observer.acquired(waiter.resource, grant.token(), waited, waiter.told));
        }
    }

    void notAcquired(Waiter waiter, LockNotAcquiredException.@Nullable Reason reason, Moment at) {
        tell(observer -> observer.notAcquired(waiter.resource, between(waiter.since, at), waiter.told, reason));
    }

    void atRisk(Grant grant) {
        tell(observer -> observer.atRisk(grant.waiter.resource, grant.token()));
    }

    void lost(LeaseLoss loss) {
        tell(observer -> observer.lost(loss));
    }

    void ended(Grant grant) {
        if (!observers.isEmpty()) {
            LeaseLoss loss = grant.loss();
            EndedLease ended = new EndedLease(
                    grant.waiter.resource,
                    grant.waiter.holder,
                    grant.token(),
                    Instant.EPOCH.plus(grant.grantedAt.micros(), ChronoUnit.MICROS),
                    grant.heldFor(),
                    loss == null ? null : loss.reason());
            tell(observer -> observer.ended(ended));
        }
    }

    private void tell(Consumer<LockObserver> news) {
        for (LockObserver observer : observers) {
            try {
                news.accept(observer);
            } catch (RuntimeException broken) {
                log.error("The lock observer {} failed; locks are not affected. Mend the observer.", observer, broken);
            }
        }
    }

    private static Duration between(Moment from, Moment to) {
        return Duration.ofNanos(Math.max(0, to.nanos() - from.nanos()));
    }
}
