package io.coordination.lock;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;

/**
 * A manager that is shut down while each thread takes and releases a resource of its own. Of their own, since an attempt may be
 * refused because of another one which the shutdown then sends away: no order explains that, and none is promised. When the
 * future of the shutdown completes is checked in the end only: it is done by whichever thread tidies up after a release.
 */
public class ShutDownSubject {

    private static final int MOST_THREADS = 4;

    private final ManualWorld world = new ManualWorld();
    private final DistributedLockManager locks = world.manager("one", new LocalLeaseStore(world));
    private final @Nullable Lease[] held = new Lease[MOST_THREADS];
    private final List<Resource> resources = IntStream.range(0, MOST_THREADS)
            .mapToObj(thread -> Resource.of("seat", "A-" + thread))
            .toList();

    private volatile @Nullable CompletableFuture<Void> down;

    @Operation
    public String acquire(@Param(gen = ThreadIdGen.class) int thread) throws InterruptedException {
        if (held[thread] != null) {
            return "held already";
        }
        try {
            held[thread] = locks.acquire(resources.get(thread), ManualWorld.WAITING);
            return "granted";
        } catch (LockNotAcquiredException refused) {
            return refused.reason().name();
        }
    }

    @Operation
    public boolean release(@Param(gen = ThreadIdGen.class) int thread) {
        Lease lease = held[thread];
        held[thread] = null;
        if (lease == null) {
            return false;
        }
        lease.close();
        return true;
    }

    @Operation
    public void shutDown() {
        down = locks.shutDown();
    }

    @Validate
    public void theShutdownIsOverWhenNothingIsHeld() {
        CompletableFuture<Void> end = down;
        boolean holds = IntStream.range(0, MOST_THREADS).anyMatch(thread -> held[thread] != null);
        if (end != null && end.isDone() == holds) {
            throw new IllegalStateException(holds ? "over while a lease is held" : "never over");
        }
    }
}
