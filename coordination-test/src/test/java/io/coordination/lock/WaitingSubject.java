package io.coordination.lock;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * Two managers on one store, and threads that wait: for hand-overs of their own manager and for wake-ups from the other. Every
 * operation releases what it took before it returns, so each must come to its end in every interleaving: one that waits for
 * ever is reported as a deadlock. What it does under the lease is not atomic by itself: an increment that gets lost, or a
 * number that is given twice, has had two holders.
 *
 * <p>Operations return nothing where more than one outcome is right: an attempt that does not wait may meet another one that
 * is about to release, and a cancellation may come before or after the grant.
 */
@Param(name = "manager", gen = IntGen.class, conf = "0:1")
public class WaitingSubject {

    private static final Resource SEAT = Resource.named("seat");

    private final List<DistributedLockManager> managers;

    private int count;
    private long lastToken;

    /** Over the store in this JVM. */
    public WaitingSubject() {
        this(new ManualWorld());
    }

    private WaitingSubject(ManualWorld world) {
        this(world, new LocalLeaseStore(world));
    }

    WaitingSubject(ManualWorld world, LeaseStore store) {
        managers = List.of(world.manager("one", store), world.manager("two", store));
    }

    @Operation
    public int countUp(@Param(name = "manager") int manager) throws InterruptedException {
        try (Lease lease = managers.get(manager).acquire(SEAT, ManualWorld.WAITING)) {
            return countUnder(lease);
        }
    }

    @Operation
    public int countUpLater(@Param(name = "manager") int manager) {
        try (Lease lease =
                managers.get(manager).acquireAsync(SEAT, ManualWorld.WAITING).join()) {
            return countUnder(lease);
        }
    }

    @Operation
    public void tryOnce(@Param(name = "manager") int manager) throws InterruptedException {
        Optional<Lease> lease = managers.get(manager).tryAcquire(SEAT, ManualWorld.ONCE);
        if (lease.isPresent()) {
            try (Lease got = lease.get()) {
                checkToken(got);
            }
        }
    }

    @Operation
    public void giveUp(@Param(name = "manager") int manager) {
        CompletableFuture<Lease> waiting = managers.get(manager).acquireAsync(SEAT, ManualWorld.WAITING);
        if (!waiting.cancel(true)) {
            waiting.join().close();
        }
    }

    @Validate
    public void nothingIsLeft() {
        for (DistributedLockManager manager : managers) {
            if (!manager.locks().isEmpty()) {
                throw new IllegalStateException("left: " + manager.locks());
            }
        }
    }

    private int countUnder(Lease lease) {
        checkToken(lease);
        int read = count;
        count = read + 1;
        return read;
    }

    private void checkToken(Lease lease) {
        long token = lease.token().value();
        if (token <= lastToken) {
            throw new IllegalStateException("token " + token + " after " + lastToken);
        }
        lastToken = token;
    }
}
