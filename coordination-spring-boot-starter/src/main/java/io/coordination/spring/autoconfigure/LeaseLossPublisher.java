package io.coordination.spring.autoconfigure;

import io.coordination.lock.LeaseLoss;
import io.coordination.lock.LockObserver;
import java.util.concurrent.Executor;
import org.springframework.context.ApplicationEventPublisher;

/** Publishes each {@link LeaseLoss} as an application event, away from the thread that renews leases. */
final class LeaseLossPublisher implements LockObserver {

    private final ApplicationEventPublisher events;
    private final Executor executor;

    LeaseLossPublisher(ApplicationEventPublisher events, Executor executor) {
        this.events = events;
        this.executor = executor;
    }

    @Override
    public void lost(LeaseLoss loss) {
        executor.execute(() -> events.publishEvent(loss));
    }
}
