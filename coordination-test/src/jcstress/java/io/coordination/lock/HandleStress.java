package io.coordination.lock;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Lock-free: a handle counts once, however often and by whomever it is closed. */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "the other handle kept the lease, and ended it")
@Outcome(expect = Expect.FORBIDDEN, desc = "closing one handle twice closed the other one too")
@State
public class HandleStress {

    private final ManualWorld world = new ManualWorld();
    private final DistributedLockManager locks = world.manager("stress", new LocalLeaseStore(world));
    private final Lease lease = lease();
    private final Lease other = lease.reenter();

    @Actor
    public void one() {
        lease.close();
    }

    @Actor
    public void two() {
        lease.close();
    }

    @Arbiter
    public void other(ZZ_Result r) {
        r.r1 = other.state() == LeaseState.HELD && locks.locks().size() == 1;
        other.close();
        r.r2 = locks.locks().isEmpty();
    }

    private Lease lease() {
        return locks.acquireAsync(Resource.named("seat"), ManualWorld.ONCE).join();
    }
}
