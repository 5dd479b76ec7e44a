package io.coordination.sample.hold;

import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.LockOptions;
import io.coordination.lock.Resource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Holds the lock of a seat while others wait for it. Shows the form of the lock manager that blocks no thread: no thread
 * waits here, for the lock or for the time to pass.
 */
@Component
class HoldDemo {

    private static final Resource ONE_AT_A_TIME = Resource.named("hold-demo");
    private static final int WAITING = 3;
    private static final Duration TURN = Duration.ofSeconds(1);

    private final DistributedLockManager locks;
    private volatile CompletableFuture<@Nullable Void> over = CompletableFuture.completedFuture(null);

    HoldDemo(DistributedLockManager locks) {
        this.locks = locks;
    }

    /** Completes when the lock is held; exceptionally if another demonstration is under way. */
    CompletableFuture<Hold> hold(long seatId, Duration length) {
        var seat = Resource.of("seat", Long.toString(seatId));
        var options = locks.optionsFor(seat).withWaitAtMost(length.plusSeconds(10));
        var once = locks.optionsFor(ONE_AT_A_TIME).withWaitAtMost(Duration.ZERO);
        var held = new CompletableFuture<Hold>();
        locks.callAsync(
                        ONE_AT_A_TIME,
                        once,
                        demo -> locks.callAsync(seat, options, lease -> {
                            takeTurns(seat, options);
                            over = after(length);
                            held.complete(new Hold(seatId, lease.token().toString(), length, WAITING));
                            return over;
                        }))
                .exceptionally(failure -> {
                    held.completeExceptionally(failure);
                    return null;
                });
        return held;
    }

    /** The application waits for the leases that are held when it stops. */
    @EventListener(ContextClosedEvent.class)
    void endAtOnce() {
        over.complete(null);
    }

    private void takeTurns(Resource seat, LockOptions options) {
        for (int i = 0; i < WAITING; i++) {
            // Whoever is not served has left the queue, which is all there is to see
            locks.callAsync(seat, options, lease -> after(TURN)).exceptionally(notServed -> null);
        }
    }

    private static CompletableFuture<@Nullable Void> after(Duration time) {
        return new CompletableFuture<@Nullable Void>().completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
