package io.coordination.lock;

import io.coordination.ProcessId;
import io.coordination.time.Moment;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Lock-free: how many handles a grant has, and how its loss is seen. */
public class GrantStress {

    private static Grant grant() {
        Moment now = new Moment(1, 1);
        Ticket ticket = new Ticket(1, new ProcessId("stress", 1));
        LockOptions options = LockOptions.defaults();
        Holder holder = new Holder(ticket.owner(), "stress");
        Waiter waiter = new Waiter(Resource.named("seat"), options, holder, ticket, now);
        Tenure tenure = new Tenure(ticket, options.lease(), new AcquireAnswer.Granted(1, now, false), now);
        return new Grant(waiter, tenure, now);
    }

    @JCStressTest
    @Outcome(
            id = "true, false, true",
            expect = Expect.ACCEPTABLE,
            desc = "re-entered first: the new handle is the last")
    @Outcome(id = "false, true, false", expect = Expect.ACCEPTABLE, desc = "closed first: no way back in")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a grant was revived, or ended twice, or never")
    @State
    public static class AGrantIsNeverRevived {

        private final Grant grant = grant();

        @Actor
        public void reenters(ZZZ_Result r) {
            r.r1 = grant.openHandle();
        }

        @Actor
        public void closes(ZZZ_Result r) {
            r.r2 = grant.closeHandle();
        }

        @Arbiter
        public void closesTheOther(ZZZ_Result r) {
            r.r3 = r.r1 && grant.closeHandle();
        }
    }

    @JCStressTest
    @Outcome(id = "false, false", expect = Expect.ACCEPTABLE, desc = "before")
    @Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "in between")
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "after")
    @Outcome(id = "true, false", expect = Expect.FORBIDDEN, desc = "lost, but nobody can say how")
    @State
    public static class WhoSeesThatItIsLostSeesTheLoss {

        private final Grant grant = grant();

        @Actor
        public void loses() {
            grant.lost(LeaseLoss.Reason.EXPIRED, new Moment(2, 2));
        }

        @Actor
        public void looks(ZZ_Result r) {
            r.r1 = grant.state() == LeaseState.LOST;
            r.r2 = grant.loss() != null;
        }
    }
}
