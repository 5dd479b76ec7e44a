package io.coordination.test;

import io.coordination.lock.LeaseStore;
import io.coordination.lock.WakeUps;
import io.coordination.time.Scheduler;
import io.coordination.time.TimeSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A store as the contract suites see it: with its wake-ups, its time, and a way to let time pass. */
public interface StoreUnderTest {

    LeaseStore store();

    /** Null if it gives no hints. */
    @Nullable
    WakeUps wakeUps();

    /** The clocks of those who ask. */
    TimeSource time();

    /** A timer on the scale of {@link #time()}. */
    Scheduler scheduler();

    /** Lets time pass for the store and for those who ask; what is scheduled runs. */
    void pass(Duration duration);

    /** How long the store takes to answer at most, and how coarse its clock may be; zero for one that answers in the call. */
    default Duration slack() {
        return Duration.ZERO;
    }
}
