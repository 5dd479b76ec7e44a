package io.coordination.spring.autoconfigure;

import io.coordination.lock.DistributedLockManager;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Shuts the lock manager down when the application closes, after everything that may still need a lock: message listeners,
 * requests in flight, the web server. Spring's time-out for a phase bounds the wait for leases still held. The manager is
 * closed afterwards, when its bean is destroyed.
 */
final class LockManagerLifecycle implements SmartLifecycle, ApplicationListener<ContextClosedEvent> {

    /** Later than the end of the web server, which comes after the requests in flight. Compiled in as a number. */
    static final int PHASE = WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1024;

    private final DistributedLockManager locks;
    private final ClosingContext context;
    private volatile boolean running;

    LockManagerLifecycle(DistributedLockManager locks, ApplicationContext context) {
        this.locks = locks;
        this.context = new ClosingContext(context);
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        context.heard(event);
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop(Runnable callback) {
        running = false;
        if (context.isClosing()) {
            var unused = locks.shutDown().whenComplete((done, failure) -> callback.run());
        } else {
            // A context that is stopped or paused may start again; a manager that was shut down may not
            callback.run();
        }
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
