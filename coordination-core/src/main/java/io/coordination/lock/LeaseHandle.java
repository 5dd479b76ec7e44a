package io.coordination.lock;

import io.coordination.time.Moment;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One handle on a grant. */
final class LeaseHandle implements Lease {

    private static final Logger log = LoggerFactory.getLogger("io.coordination.lock");

    private static final AtomicIntegerFieldUpdater<LeaseHandle> CLOSED =
            AtomicIntegerFieldUpdater.newUpdater(LeaseHandle.class, "closed");

    private final Grant grant;
    private final StripedLockManager manager;

    /** 1 once closed. Changed through {@link #CLOSED} only. */
    private volatile int closed;

    LeaseHandle(Grant grant, StripedLockManager manager) {
        this.grant = grant;
        this.manager = manager;
    }

    @Override
    public Resource resource() {
        return grant.waiter.resource;
    }

    @Override
    public Holder holder() {
        return grant.waiter.holder;
    }

    @Override
    public FencingToken token() {
        return grant.token();
    }

    @Override
    public LeaseState state() {
        if (!grant.isOver() && !isClosed()) {
            Moment now = manager.now();
            if (grant.tenure.isOver(now)) {
                manager.seenToBeOver(grant, now);
            }
        }
        LeaseState state = grant.state();
        return state != LeaseState.LOST && isClosed() ? LeaseState.RELEASED : state;
    }

    @Override
    public Duration remaining() {
        LeaseState state = state();
        return state == LeaseState.HELD || state == LeaseState.AT_RISK
                ? grant.tenure.remaining(manager.now())
                : Duration.ZERO;
    }

    @Override
    public void ensureHeld() {
        LeaseState state = state();
        if (state == LeaseState.LOST) {
            throw new LeaseLostException(Objects.requireNonNull(grant.loss()));
        }
        if (state == LeaseState.RELEASED) {
            throw new IllegalStateException("The lease on " + resource() + " with token " + token()
                    + " was released by its holder. Acquire a new one.");
        }
    }

    @Override
    public void onLost(Consumer<? super LeaseLoss> listener) {
        Objects.requireNonNull(listener, "listener");
        grant.lossListeners().add(loss -> manager.executor().execute(() -> tell(listener, loss)));
    }

    @Override
    public Lease reenter() {
        ensureHeld();
        if (!grant.openHandle()) {
            throw new IllegalStateException(
                    "The lease on " + resource() + " was released meanwhile. Acquire a new one.");
        }
        return new LeaseHandle(grant, manager);
    }

    @Override
    public LeaseFrame enter() {
        ensureHeld();
        return manager.frames().push(this);
    }

    @Override
    public void close() {
        if (CLOSED.compareAndSet(this, 0, 1) && grant.closeHandle()) {
            manager.released(grant);
        }
    }

    boolean isClosed() {
        return closed == 1;
    }

    Grant grant() {
        return grant;
    }

    private static void tell(Consumer<? super LeaseLoss> listener, LeaseLoss loss) {
        try {
            listener.accept(loss);
        } catch (RuntimeException broken) {
            log.error("A listener for the loss of a lease failed. {}", loss.inWords(), broken);
        }
    }

    @Override
    public String toString() {
        return "Lease on " + resource() + " with token " + token() + ", " + state() + ", held by " + holder();
    }
}
