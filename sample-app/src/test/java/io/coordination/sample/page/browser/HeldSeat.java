package io.coordination.sample.page.browser;

import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The lock of a seat, held until it is closed, and some who wait for it. */
final class HeldSeat implements AutoCloseable {

    private final Resource seat;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final List<CompletableFuture<?>> all = new ArrayList<>();

    HeldSeat(DistributedLockManager locks, long seatId, int waiting) {
        seat = Resource.of("seat", Long.toString(seatId));
        var held = new CompletableFuture<Void>();
        all.add(locks.callAsync(seat, locks.optionsFor(seat), lease -> {
            held.complete(null);
            return end;
        }));
        held.join();
        addWaiting(locks, waiting);
    }

    /** Some more who wait for it, maybe at another instance. */
    void addWaiting(DistributedLockManager locks, int waiting) {
        for (int i = 0; i < waiting; i++) {
            all.add(locks.callAsync(seat, locks.optionsFor(seat), lease -> CompletableFuture.completedFuture(null)));
        }
    }

    /** Under which the page shows it. */
    String title() {
        return seat.name() + " " + seat.key();
    }

    /** Returns when all have been served and the lock is free. */
    @Override
    public void close() {
        end.complete(null);
        all.forEach(CompletableFuture::join);
    }
}
