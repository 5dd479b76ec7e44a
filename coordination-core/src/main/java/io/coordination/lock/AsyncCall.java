package io.coordination.lock;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The result of work that is done under a lease and ends with a stage. Completes after the lease has been given back. */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of the stages that are hooked in is told to this one
final class AsyncCall<T extends @Nullable Object> extends CompletableFuture<T> {

    private final CompletableFuture<Lease> acquiring;
    private volatile @Nullable CompletableFuture<T> working;

    AsyncCall(CompletableFuture<Lease> acquiring, Function<? super Lease, ? extends CompletionStage<T>> body) {
        this.acquiring = acquiring;
        acquiring.whenComplete((lease, refused) -> {
            if (lease == null) {
                completeExceptionally(refused);
            } else {
                work(lease, body);
            }
        });
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            acquiring.cancel(mayInterruptIfRunning);
            CompletableFuture<T> work = working;
            if (work != null) {
                work.cancel(mayInterruptIfRunning);
            }
        }
        return cancelled;
    }

    private void work(Lease lease, Function<? super Lease, ? extends CompletionStage<T>> body) {
        CompletableFuture<T> work;
        try {
            work = body.apply(lease).toCompletableFuture();
        } catch (RuntimeException | Error failed) {
            work = CompletableFuture.failedFuture(failed);
        }
        working = work;
        if (isCancelled()) {
            work.cancel(true);
        }
        work.whenComplete((result, failure) -> finish(lease, result, failure));
    }

    private void finish(Lease lease, T result, @Nullable Throwable failure) {
        LeaseLostException lost = null;
        try {
            lease.ensureHeld();
        } catch (LeaseLostException e) {
            lost = e;
        } catch (IllegalStateException closedByTheBody) {
            // The body may give the lease back early.
        }
        lease.close();
        if (failure != null) {
            if (lost != null) {
                failure.addSuppressed(lost);
            }
            completeExceptionally(failure);
        } else if (lost != null) {
            completeExceptionally(lost);
        } else {
            complete(result);
        }
    }
}
