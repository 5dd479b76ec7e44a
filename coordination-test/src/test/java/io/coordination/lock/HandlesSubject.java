package io.coordination.lock;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * Three handles on one grant: closed, looked at and re-entered from every thread. What re-entry gave is closed at once, so that
 * the grant may live and die at any point; while it is open it is held. That the lock is free as soon as the last handle is marked as closed is not checked:
 * the thread that closes it marks it first and ends the grant then.
 */
@Param(name = "handle", gen = IntGen.class, conf = "0:2")
public class HandlesSubject {

    private static final Resource SEAT = Resource.named("seat");

    private final ManualWorld world = new ManualWorld();
    private final AtomicInteger ends = new AtomicInteger();
    private final DistributedLockManager locks = new LockManagerBuilder()
            .store(new LocalLeaseStore(world))
            .timeSource(world)
            .scheduler(world)
            .executor(Runnable::run)
            .observer(new LockObserver() {
                @Override
                public void ended(EndedLease lease) {
                    ends.incrementAndGet();
                }
            })
            .build();
    private final List<Lease> handles;

    public HandlesSubject() throws InterruptedException {
        Lease first = locks.acquire(SEAT, ManualWorld.ONCE);
        handles = IntStream.range(0, 3)
                .mapToObj(i -> i == 0 ? first : first.reenter())
                .toList();
    }

    @Operation
    public void close(@Param(name = "handle") int handle) {
        handles.get(handle).close();
    }

    @Operation
    public LeaseState state(@Param(name = "handle") int handle) {
        return handles.get(handle).state();
    }

    @Operation
    public boolean reenter(@Param(name = "handle") int handle) {
        try (Lease lease = handles.get(handle).reenter()) {
            return lease.state() == LeaseState.HELD
                    && lease.token().equals(handles.get(0).token());
        } catch (IllegalStateException closed) {
            return false;
        }
    }

    @Validate
    public void theGrantEndsOnceAndWithItsLastHandle() {
        boolean open = handles.stream().anyMatch(handle -> handle.state() == LeaseState.HELD);
        if (open != !locks.locks().isEmpty() || open != (ends.get() == 0)) {
            throw new IllegalStateException("open: " + open + ", locks: " + locks.locks() + ", ends: " + ends);
        }
        if (ends.get() > 1) {
            throw new IllegalStateException("ended " + ends + " times");
        }
    }
}
