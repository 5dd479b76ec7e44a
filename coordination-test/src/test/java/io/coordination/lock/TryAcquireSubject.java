package io.coordination.lock;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;

/**
 * One manager, two resources, attempts that do not wait. An attempt is refused from the moment at which another one of this
 * manager has begun, which is then sure to be granted: so the order of the attempts explains all answers. Tokens are drawn
 * later, by the store, so they cannot be compared with those of a sequence; that they rise is checked while the lease is held.
 */
@Param(name = "resource", gen = IntGen.class, conf = "0:1")
public class TryAcquireSubject {

    private static final List<Resource> RESOURCES = List.of(Resource.of("seat", "A-1"), Resource.of("seat", "A-2"));

    private static final int MOST_THREADS = 4;

    private final ManualWorld world = new ManualWorld();
    private final DistributedLockManager locks = world.manager("one", new LocalLeaseStore(world));
    private final List<ArrayDeque<Lease>> held = Stream.generate(() -> new ArrayDeque<Lease>())
            .limit(MOST_THREADS * (long) RESOURCES.size())
            .toList();
    private final long[] lastToken = new long[RESOURCES.size()];

    @Operation
    public boolean tryAcquire(@Param(name = "resource") int resource, @Param(gen = ThreadIdGen.class) int thread)
            throws InterruptedException {
        Optional<Lease> lease = locks.tryAcquire(RESOURCES.get(resource), ManualWorld.ONCE);
        lease.ifPresent(got -> {
            long token = got.token().value();
            if (token <= lastToken[resource]) {
                throw new IllegalStateException("token " + token + " after " + lastToken[resource]);
            }
            lastToken[resource] = token;
            held.get(RESOURCES.size() * thread + resource).add(got);
        });
        return lease.isPresent();
    }

    /** Whether this thread held it. */
    @Operation
    public boolean release(@Param(name = "resource") int resource, @Param(gen = ThreadIdGen.class) int thread) {
        Lease lease = held.get(RESOURCES.size() * thread + resource).poll();
        if (lease == null) {
            return false;
        }
        lease.close();
        return true;
    }

    /** In use is what is held and what is being asked for: an attempt under way is the reason of a refusal as well. */
    @Operation
    public boolean isInUse(@Param(name = "resource") int resource) {
        return locks.locks().stream().anyMatch(status -> status.resource().equals(RESOURCES.get(resource)));
    }
}
