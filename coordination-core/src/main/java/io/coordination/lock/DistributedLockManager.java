package io.coordination.lock;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes and holds leases on named resources. Those who wait for a resource are served in the order of their tickets
 * (timestamp, then owner id).
 *
 * <pre>{@code
 * try (var locks = DistributedLockManager.inThisJvm()) {
 *     locks.run(Resource.named("report"), lease -> writer.write(report, lease.token()));
 * }
 * }</pre>
 *
 * <p>Threads: every method may be called from any thread, virtual ones included. Blocking: {@code acquire}, {@code
 * tryAcquire}, {@code call} and {@code run} block the calling thread until the lease is obtained or the wait ends; an
 * interrupt ends the wait at once and leaves nothing behind. Re-entry: within {@link #call}, {@link #run} or a {@link
 * LeaseFrame}, acquiring the same resource on the same thread returns another handle on the same grant; elsewhere a second
 * acquisition waits for the first.
 */
public interface DistributedLockManager extends AutoCloseable {

    /** A manager whose leases exclude the threads of this JVM from each other, and nothing beyond. */
    static DistributedLockManager inThisJvm() {
        return new LockManagerBuilder().build();
    }

    /**
     * Obtains a lease.
     *
     * @throws LockNotAcquiredException if the wait ended first
     * @throws InterruptedException if the calling thread was interrupted while waiting
     */
    Lease acquire(Resource resource, LockOptions options) throws InterruptedException;

    /** As {@link #acquire(Resource, LockOptions)} with {@link #optionsFor} the resource. */
    default Lease acquire(Resource resource) throws InterruptedException {
        return acquire(resource, optionsFor(resource));
    }

    /**
     * Obtains a lease, or nothing if others hold the resource until the wait ends.
     *
     * @throws LockNotAcquiredException for every other reason than {@link LockNotAcquiredException.Reason#BUSY}
     * @throws InterruptedException if the calling thread was interrupted while waiting
     */
    Optional<Lease> tryAcquire(Resource resource, LockOptions options) throws InterruptedException;

    /**
     * Obtains a lease without blocking. Cancelling the future ends the wait; a lease that arrives afterwards is given back.
     * Completes exceptionally with {@link LockNotAcquiredException}.
     */
    CompletableFuture<Lease> acquireAsync(Resource resource, LockOptions options);

    /**
     * Runs {@code body} under a lease, in a {@link LeaseFrame}, and releases it.
     *
     * @throws LeaseLostException if the lease was lost before the body ended; suppressed in the body's own exception
     */
    <T extends @Nullable Object, X extends Exception> T call(
            Resource resource, LockOptions options, LockedBody<T, X> body) throws InterruptedException, X;

    /** As {@link #call} with {@link #optionsFor} the resource and no result. */
    default <X extends Exception> void run(Resource resource, LockedRun<X> body) throws InterruptedException, X {
        run(resource, optionsFor(resource), body);
    }

    /** As {@link #call} with no result. */
    @SuppressWarnings("NullAway") // on JDK 17 NullAway does not see that the type argument is nullable
    default <X extends Exception> void run(Resource resource, LockOptions options, LockedRun<X> body)
            throws InterruptedException, X {
        this.<@Nullable Void, X>call(resource, options, lease -> {
            body.run(lease);
            return null;
        });
    }

    /**
     * Holds a lease until the stage that {@code body} returns completes. Cancelling the returned future ends the wait, or
     * cancels that stage.
     */
    <T extends @Nullable Object> CompletableFuture<T> callAsync(
            Resource resource, LockOptions options, Function<? super Lease, ? extends CompletionStage<T>> body);

    /** The lease of the innermost frame of the calling thread. */
    Optional<Lease> current();

    /**
     * Returns if every lease in whose frame the calling thread runs is held. Those that were released early are passed over.
     *
     * @throws LeaseLostException if one was lost
     */
    void ensureHeld();

    /** What is used where no options are given: those set for the name of the resource, or the default. */
    LockOptions optionsFor(Resource resource);

    /** What this instance holds or waits for now, in no particular order. */
    List<LockStatus> locks();

    /**
     * Refuses new acquisitions and sends the waiters away; completes when the last lease is released. Leases held go on and
     * are renewed: nothing is released under a running body.
     */
    CompletableFuture<@Nullable Void> shutDown();

    /** Shuts down without waiting and ends renewal; leases still held run out. Idempotent. */
    @Override
    void close();
}
