package io.coordination.lock;

import io.coordination.time.Moment;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One waiter's turn: from its token until its last handle is closed, or its loss. The {@link ResourceLock} that gave it
 * writes its state; any thread reads it.
 */
final class Grant implements Outcome {

    private static final AtomicIntegerFieldUpdater<Grant> HANDLES =
            AtomicIntegerFieldUpdater.newUpdater(Grant.class, "handles");

    final Waiter waiter;
    final Tenure tenure;
    final Moment grantedAt;

    private final long token;

    /** Open handles. Changed through {@link #HANDLES} only. */
    private volatile int handles = 1;

    /** On the monotonic clock; written before the state that says that it is over. */
    private long endedAt;

    /** LOST and RELEASED are final. */
    private volatile LeaseState state = LeaseState.HELD;

    private volatile @Nullable LeaseLoss loss;

    /** Made for the first who listens: most leases are neither listened to nor lost. */
    private @Nullable LossListeners lossListeners;

    Grant(Waiter waiter, Tenure tenure, Moment grantedAt) {
        this.waiter = waiter;
        this.token = tenure.token().value();
        this.tenure = tenure;
        this.grantedAt = grantedAt;
    }

    @Override
    public <R> R match(
            Function<? super Grant, ? extends R> ifGranted, Function<? super Refusal, ? extends R> ifRefused) {
        return ifGranted.apply(this);
    }

    FencingToken token() {
        return new FencingToken(token);
    }

    LossListeners lossListeners() {
        synchronized (this) {
            if (lossListeners == null) {
                lossListeners = new LossListeners();
            }
            return lossListeners;
        }
    }

    LeaseState state() {
        return state;
    }

    @Nullable
    LeaseLoss loss() {
        return loss;
    }

    boolean isOver() {
        return state == LeaseState.LOST || state == LeaseState.RELEASED;
    }

    /** Of a grant that is over. */
    Duration heldFor() {
        return Duration.ofNanos(Math.max(0, endedAt - grantedAt.nanos()));
    }

    void atRisk(boolean risk) {
        state = risk ? LeaseState.AT_RISK : LeaseState.HELD;
    }

    void released(Moment now) {
        endedAt = now.nanos();
        state = LeaseState.RELEASED;
    }

    void lost(LeaseLoss.Reason reason, Moment now) {
        loss = new LeaseLoss(waiter.resource, token(), waiter.holder, reason);
        endedAt = now.nanos();
        state = LeaseState.LOST;
    }

    /** False if the last handle was closed before. */
    boolean openHandle() {
        int open = handles;
        while (open > 0 && !HANDLES.compareAndSet(this, open, open + 1)) {
            open = handles;
        }
        return open > 0;
    }

    /** True for the last handle. */
    boolean closeHandle() {
        return HANDLES.decrementAndGet(this) == 0;
    }

    long heldUntil() {
        return grantedAt.nanos() + waiter.options.maximumHold().toNanos();
    }
}
