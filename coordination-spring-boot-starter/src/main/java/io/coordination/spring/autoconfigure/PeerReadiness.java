package io.coordination.spring.autoconfigure;

import io.coordination.peer.PeerLeaseStore;
import io.coordination.peer.PeerState;
import io.coordination.time.Scheduler;
import io.coordination.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;

/**
 * Takes the application's readiness back while its own vote does not count yet, so that a rolling update waits for it before it
 * stops the next instance. Readiness that the application takes back itself is left alone.
 */
final class PeerReadiness implements ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

    private static final long LOOK = Duration.ofMillis(100).toNanos();

    private final ObjectProvider<PeerLeaseStore> store;
    private final Scheduler scheduler;
    private final TimeSource time;
    private final ApplicationAvailability availability;
    private final ApplicationContext context;
    private final AtomicLong decisions = new AtomicLong();

    PeerReadiness(
            ObjectProvider<PeerLeaseStore> store,
            Scheduler scheduler,
            TimeSource time,
            ApplicationAvailability availability,
            ApplicationContext context) {
        this.store = store;
        this.scheduler = scheduler;
        this.time = time;
        this.availability = availability;
        this.context = context;
    }

    @Override
    public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
        if (event.getSource() == this) {
            return;
        }
        // Somebody else has decided: the application, or Spring Boot at the end of the start.
        long decision = decisions.incrementAndGet();
        if (event.getState() == ReadinessState.ACCEPTING_TRAFFIC && !isReady()) {
            publish(ReadinessState.REFUSING_TRAFFIC);
            later(() -> look(decision));
        }
    }

    private void look(long decision) {
        if (decisions.get() != decision) {
            return;
        }
        if (isReady()) {
            publish(ReadinessState.ACCEPTING_TRAFFIC);
            return;
        }
        // A listener that remembers the state may be behind this one, and hear last of what was taken back.
        if (availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC) {
            publish(ReadinessState.REFUSING_TRAFFIC);
        }
        later(() -> look(decision));
    }

    private void later(Runnable action) {
        var unused = scheduler.at(time.now().nanos() + LOOK, action);
    }

    private boolean isReady() {
        PeerLeaseStore arbiter = store.getIfAvailable();
        return arbiter == null || arbiter.state() == PeerState.READY;
    }

    private void publish(ReadinessState state) {
        AvailabilityChangeEvent.publish(context, this, state);
    }
}
