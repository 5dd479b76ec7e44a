package io.coordination.spring.lock;

import io.coordination.lock.Lease;
import io.coordination.lock.LeaseLostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Follows the stage of a method, and completes after the lease has been released. */
final class LockedFuture<T extends @Nullable Object> extends CompletableFuture<T> {

    private final CompletableFuture<?> work;
    private final Lease lease;

    private LockedFuture(CompletableFuture<?> work, Lease lease) {
        this.work = work;
        this.lease = lease;
    }

    static <T extends @Nullable Object> LockedFuture<T> of(
            CompletionStage<T> stage, Lease lease, boolean endsWhenLost) {
        LockedFuture<T> future = new LockedFuture<>(stage.toCompletableFuture(), lease);
        if (endsWhenLost) {
            lease.onLost(loss -> future.abandon());
        }
        stage.whenComplete(future::end);
        return future;
    }

    /** Cancels the work and releases the lease, even where the work does not heed the cancellation. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        lease.close();
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        work.cancel(mayInterruptIfRunning);
        return cancelled;
    }

    private void abandon() {
        end(null, null);
        work.cancel(true);
    }

    // A loss is asked for before the release, after which it would not be told.
    private void end(@Nullable T value, @Nullable Throwable failure) {
        LeaseLostException lost = LostLease.exceptionOf(lease);
        lease.close();
        if (failure != null) {
            if (lost != null) {
                failure.addSuppressed(lost);
            }
            completeExceptionally(failure);
        } else if (lost != null) {
            completeExceptionally(lost);
        } else {
            complete(value);
        }
    }

    /** Stages that depend on this one are plain ones: their cancellation ends neither the work nor the lease. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
