package io.coordination.spring.metrics;

import io.coordination.lock.LockNotAcquiredException.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The meters of the locks of one name, made once so that nothing is looked up while locks are taken. */
final class NamedLockMeters {

    private final String name;
    private final AtomicInteger active = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile @Nullable Registered registered;

    NamedLockMeters(String name) {
        this.name = name;
    }

    void registerIn(MeterRegistry registry) {
        registered = new Registered(
                acquire(registry, "acquired"),
                acquire(registry, "busy"),
                acquire(registry, "cancelled"),
                acquire(registry, "failed"),
                Timer.builder("coordination.lock.held")
                        .description("For how long leases were held")
                        .tag("name", name)
                        .register(registry),
                counter(registry, "coordination.lock.contended", "Acquisitions that had to wait"),
                counter(registry, "coordination.lock.lost", "Leases that ended before they were released"));
        gauge(registry, "coordination.lock.active", "Leases held now", active);
        gauge(registry, "coordination.lock.waiting", "Acquisitions that wait now", waiting);
    }

    void waits() {
        waiting.incrementAndGet();
        Registered meters = registered;
        if (meters != null) {
            meters.contended.increment();
        }
    }

    void acquired(Duration waited, boolean afterWaiting) {
        leavesQueue(afterWaiting);
        active.incrementAndGet();
        Registered meters = registered;
        if (meters != null) {
            meters.acquired.record(waited);
        }
    }

    void notAcquired(Duration waited, boolean afterWaiting, @Nullable Reason reason) {
        leavesQueue(afterWaiting);
        Registered meters = registered;
        if (meters != null) {
            meters.outcome(reason).record(waited);
        }
    }

    void ended(Duration heldFor) {
        active.decrementAndGet();
        Registered meters = registered;
        if (meters != null) {
            meters.held.record(heldFor);
        }
    }

    void lost() {
        Registered meters = registered;
        if (meters != null) {
            meters.lost.increment();
        }
    }

    private void leavesQueue(boolean afterWaiting) {
        if (afterWaiting) {
            waiting.decrementAndGet();
        }
    }

    private Timer acquire(MeterRegistry registry, String outcome) {
        return Timer.builder("coordination.lock.acquire")
                .description("Time from asking for a lease to the answer")
                .tag("name", name)
                .tag("outcome", outcome)
                .register(registry);
    }

    private Counter counter(MeterRegistry registry, String meter, String description) {
        return Counter.builder(meter).description(description).tag("name", name).register(registry);
    }

    private void gauge(MeterRegistry registry, String meter, String description, AtomicInteger value) {
        Gauge.builder(meter, value, AtomicInteger::get)
                .description(description)
                .tag("name", name)
                .register(registry);
    }

    private record Registered(
            Timer acquired, Timer busy, Timer cancelled, Timer failed, Timer held, Counter contended, Counter lost) {

        Timer outcome(@Nullable Reason reason) {
            if (reason == null) {
                return cancelled;
            }
            return reason == Reason.BUSY ? busy : failed;
        }
    }
}
