package io.coordination.spring.lock;

import io.coordination.lock.Lease;
import io.coordination.lock.LeaseLostException;
import io.coordination.lock.Resource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * The lease of one subscription. Whichever comes last closes it: the end of the subscription, or a grant that crossed a
 * cancellation and that no operator passes on.
 */
final class SubscriptionLease {

    private sealed interface State {
        record Open() implements State {}

        record Granted(Lease lease) implements State {}

        record Ended() implements State {}
    }

    private final AtomicReference<State> state = new AtomicReference<>(new State.Open());

    /** Obtains the lease when subscribed to, by right of re-entry where the surrounding publisher holds the resource. */
    Mono<Lease> acquire(Resource resource, LockedMethod method, ContextView context) {
        return Mono.create(sink -> {
            CompletableFuture<Lease> acquisition = reenter(resource, context);
            if (acquisition == null) {
                acquisition = method.locks().get().acquireAsync(resource, method.options());
            }
            CompletableFuture<Lease> pending = acquisition;
            sink.onCancel(() -> pending.cancel(false));
            CompletableFuture<Lease> unused = pending.whenComplete((lease, failure) -> {
                if (failure != null) {
                    sink.error(
                            failure instanceof CompletionException wrapped && wrapped.getCause() != null
                                    ? wrapped.getCause()
                                    : failure);
                } else if (take(lease)) {
                    sink.success(lease);
                }
            });
        });
    }

    private static @Nullable CompletableFuture<Lease> reenter(Resource resource, ContextView context) {
        Lease outer = LeaseContext.find(context, resource);
        if (outer == null) {
            return null;
        }
        try {
            return CompletableFuture.completedFuture(outer.reenter());
        } catch (LeaseLostException lost) {
            return CompletableFuture.failedFuture(lost);
        } catch (IllegalStateException closed) {
            // The context was kept for longer than the lease: whoever has it comes as everybody else does.
            return null;
        }
    }

    private boolean take(Lease lease) {
        if (state.getAndUpdate(now -> now instanceof State.Open ? new State.Granted(lease) : now)
                instanceof State.Open) {
            return true;
        }
        lease.close();
        return false;
    }

    void end() {
        if (state.getAndSet(new State.Ended()) instanceof State.Granted granted) {
            granted.lease().close();
        }
    }
}
