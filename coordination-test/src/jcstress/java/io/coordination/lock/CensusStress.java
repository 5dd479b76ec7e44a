package io.coordination.lock;

import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/** Lock-free: the limits of a manager, and the end of its shutdown. */
public class CensusStress {

    @JCStressTest
    @Outcome(id = "true, false, true", expect = Expect.ACCEPTABLE, desc = "the first was let in")
    @Outcome(id = "false, true, true", expect = Expect.ACCEPTABLE, desc = "the second was let in")
    @Outcome(expect = Expect.FORBIDDEN, desc = "more or fewer than the limit, or a place got lost")
    @State
    public static class NoMoreThanTheLimitAreLetIn {

        private final Census census = new Census(1, 10);

        @Actor
        public void one(ZZZ_Result r) {
            r.r1 = census.admit() == null;
        }

        @Actor
        public void two(ZZZ_Result r) {
            r.r2 = census.admit() == null;
        }

        @Arbiter
        public void next(ZZZ_Result r) {
            census.settled();
            r.r3 = census.admit() == null;
        }
    }

    @JCStressTest
    @Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "one of the two saw that nothing is left")
    @Outcome(id = "false", expect = Expect.FORBIDDEN, desc = "a shutdown that never ends")
    @State
    public static class AShutdownEndsWithTheLastEntry {

        private final Census census = new Census(10, 10);
        private CompletableFuture<Void> end;

        public AShutdownEndsWithTheLastEntry() {
            census.entryAdded();
        }

        @Actor
        public void shutsDown() {
            end = census.shutDown();
        }

        @Actor
        public void removes() {
            census.entryRemoved();
        }

        @Arbiter
        public void later(Z_Result r) {
            r.r1 = end.isDone();
        }
    }
}
