package io.coordination.spring.autoconfigure;

import io.coordination.channel.PeerChannel;
import io.coordination.peer.PeerLeaseStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

/** Links before anything of the application may take a lock, and says goodbye after everything has given back its locks. */
final class PeerLifecycle implements SmartLifecycle, ApplicationListener<ContextClosedEvent> {

    static final int PHASE = LockManagerLifecycle.PHASE - 1024;

    private final ObjectProvider<PeerChannel> channel;
    private final ObjectProvider<PeerLeaseStore> store;
    private final ClosingContext context;
    private volatile boolean started;
    private volatile boolean running;

    PeerLifecycle(
            ObjectProvider<PeerChannel> channel, ObjectProvider<PeerLeaseStore> store, ApplicationContext context) {
        this.channel = channel;
        this.store = store;
        this.context = new ClosingContext(context);
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        context.heard(event);
    }

    @Override
    public void start() {
        running = true;
        // A context that was stopped may start again; its links have never gone.
        if (!started) {
            started = true;
            // The store is made before its messages may come.
            PeerLeaseStore arbiter = store.getIfAvailable();
            channel.ifAvailable(PeerChannel::start);
            if (arbiter != null) {
                arbiter.start();
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        if (context.isClosing()) {
            channel.ifAvailable(PeerChannel::close);
        }
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
