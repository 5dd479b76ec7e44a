package io.coordination.lock;

import io.coordination.time.Moment;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One waiter's turn: from its token until its last handle is closed, or its loss. The {@link ResourceLock} that gave it
 * writes its state; any thread reads it.
 */
final class Grant implements Outcome {

    final Waiter waiter;
    final FencingToken token;
    final Tenure tenure;
    final Moment grantedAt;
    final LossListeners lossListeners = new LossListeners();

    private final AtomicInteger handles = new AtomicInteger(1);

    /** LOST and RELEASED are final. */
    private volatile LeaseState state = LeaseState.HELD;

    private volatile @Nullable LeaseLoss loss;

    Grant(Waiter waiter, FencingToken token, Tenure tenure, Moment grantedAt) {
        this.waiter = waiter;
        this.token = token;
        this.tenure = tenure;
        this.grantedAt = grantedAt;
    }

    @Override
    public <R> R match(
            Function<? super Grant, ? extends R> ifGranted, Function<? super Refusal, ? extends R> ifRefused) {
        return ifGranted.apply(this);
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

    void atRisk(boolean risk) {
        state = risk ? LeaseState.AT_RISK : LeaseState.HELD;
    }

    void released() {
        state = LeaseState.RELEASED;
    }

    LeaseLoss lost(LeaseLoss.Reason reason) {
        LeaseLoss news = new LeaseLoss(waiter.resource, token, waiter.holder, reason);
        loss = news;
        state = LeaseState.LOST;
        return news;
    }

    /** False if the last handle was closed before. */
    boolean openHandle() {
        return handles.getAndUpdate(open -> open == 0 ? 0 : open + 1) > 0;
    }

    /** True for the last handle. */
    boolean closeHandle() {
        return handles.decrementAndGet() == 0;
    }

    long heldUntil() {
        return grantedAt.nanos() + waiter.options.maximumHold().toNanos();
    }
}
