package io.coordination.test;

import io.coordination.lock.LeaseStore;
import io.coordination.lock.LocalLeaseStore;
import io.coordination.lock.WakeUps;
import io.coordination.time.Scheduler;
import io.coordination.time.TimeSource;
import java.time.Duration;

/** The store in this JVM, in virtual time. */
final class LocalStore implements StoreUnderTest {

    private final VirtualTime time = new VirtualTime();
    private final LocalLeaseStore store = new LocalLeaseStore(time);

    @Override
    public LeaseStore store() {
        return store;
    }

    @Override
    public WakeUps wakeUps() {
        return store;
    }

    @Override
    public TimeSource time() {
        return time;
    }

    @Override
    public Scheduler scheduler() {
        return time;
    }

    @Override
    public void pass(Duration duration) {
        time.advance(duration);
    }
}
