package io.coordination.spring.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.annotation.WhenBusy;
import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.Lease;
import io.coordination.lock.LockOptions;
import io.coordination.lock.Resource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.util.context.Context;

class SubscriptionLeaseTests {

    private static final Resource FEED = Resource.named("feed");

    @Test
    void aGrantThatComesAfterTheEndIsGivenBack() throws NoSuchMethodException {
        try (DistributedLockManager locks = DistributedLockManager.inThisJvm()) {
            LockedMethod method = new LockedMethod(
                    Object.class.getMethod("toString"),
                    FEED.name(),
                    invocation -> FEED,
                    LockOptions.defaults(),
                    WhenBusy.FAIL,
                    ReturnType.MONO,
                    () -> locks);
            AtomicReference<Lease> passedOn = new AtomicReference<>();
            SubscriptionLease lease = new SubscriptionLease();
            lease.end();
            lease.acquire(FEED, method, Context.empty()).subscribe(passedOn::set);
            assertThat(passedOn).hasNullValue();
            assertThat(locks.locks()).isEmpty();
        }
    }
}
