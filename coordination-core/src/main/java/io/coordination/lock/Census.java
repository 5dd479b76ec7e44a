package io.coordination.lock;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** How much a manager has in hand, its limits, and whether it is shutting down. */
final class Census {

    private final int maximumWaiting;
    private final int maximumResources;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger entries = new AtomicInteger();
    private final CompletableFuture<@Nullable Void> empty = new CompletableFuture<>();
    private volatile boolean shuttingDown;

    Census(int maximumWaiting, int maximumResources) {
        this.maximumWaiting = maximumWaiting;
        this.maximumResources = maximumResources;
    }

    /** Lets an acquisition in, or says why not. One that was let in is counted until it is settled. */
    @Nullable
    Refusal admit() {
        if (shuttingDown) {
            return Refusal.SHUT_DOWN;
        }
        if (entries.get() >= maximumResources) {
            return Refusal.FULL;
        }
        if (waiting.incrementAndGet() > maximumWaiting) {
            waiting.decrementAndGet();
            return Refusal.FULL;
        }
        return null;
    }

    void settled() {
        waiting.decrementAndGet();
    }

    void entryAdded() {
        entries.incrementAndGet();
    }

    void entryRemoved() {
        if (entries.decrementAndGet() == 0 && shuttingDown) {
            empty.complete(null);
        }
    }

    boolean isShuttingDown() {
        return shuttingDown;
    }

    /** Completes when nothing is held or waited for. */
    CompletableFuture<@Nullable Void> shutDown() {
        shuttingDown = true;
        if (entries.get() == 0) {
            empty.complete(null);
        }
        return empty.copy();
    }
}
