package io.coordination.lock;

import io.coordination.time.HybridClock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** Lock-free: the clock that orders waiters and tokens. */
public class ClockStress {

    @JCStressTest
    @Outcome(id = "1, 2, 3", expect = Expect.ACCEPTABLE, desc = "one after the other")
    @Outcome(id = "2, 1, 3", expect = Expect.ACCEPTABLE, desc = "the other way round")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a value twice, or a lower one later")
    @State
    public static class TwoThreadsNeverGetTheSameValue {

        private final HybridClock clock = new HybridClock();

        @Actor
        public void one(JJJ_Result r) {
            r.r1 = clock.next(0);
        }

        @Actor
        public void two(JJJ_Result r) {
            r.r2 = clock.next(0);
        }

        @Arbiter
        public void later(JJJ_Result r) {
            r.r3 = clock.next(0);
        }
    }

    @JCStressTest
    @Outcome(id = "5, 11", expect = Expect.ACCEPTABLE, desc = "drawn before the observation")
    @Outcome(id = "11, 12", expect = Expect.ACCEPTABLE, desc = "drawn after the observation")
    @Outcome(expect = Expect.FORBIDDEN, desc = "an observation was forgotten, or the clock fell")
    @State
    public static class WhatWasObservedIsExceeded {

        private final HybridClock clock = new HybridClock();

        @Actor
        public void observes() {
            clock.observe(10);
        }

        @Actor
        public void draws(JJ_Result r) {
            r.r1 = clock.next(5);
        }

        @Arbiter
        public void later(JJ_Result r) {
            r.r2 = clock.next(0);
        }
    }
}
