package io.coordination.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.Lease;
import io.coordination.lock.LockManagerBuilder;
import io.coordination.lock.LockNotAcquiredException;
import io.coordination.lock.LockOptions;
import io.coordination.lock.Resource;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class LockMetersTests {

    private static final Resource SEAT = Resource.of("seat", "12");
    private static final LockOptions ONCE = LockOptions.defaults().withWaitAtMost(Duration.ZERO);

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final LockMeters meters = new LockMeters();
    private final DistributedLockManager locks =
            new LockManagerBuilder().observer(meters).build();

    @AfterEach
    void close() {
        locks.close();
    }

    @Test
    void aNameThatIsAnnouncedHasAllMetersAtZero() {
        meters.lockNamed("seat");
        meters.bindTo(registry);

        for (String outcome : new String[] {"acquired", "busy", "cancelled", "failed"}) {
            assertThat(acquired(outcome)).isZero();
        }
        assertThat(registry.get("coordination.lock.held")
                        .tag("name", "seat")
                        .timer()
                        .count())
                .isZero();
        for (String gauge : new String[] {"active", "waiting"}) {
            assertThat(gauge(gauge)).isZero();
        }
        for (String counter : new String[] {"contended", "lost"}) {
            assertThat(counter(counter)).isZero();
        }
    }

    @Test
    void aNameThatIsAnnouncedLaterHasMetersAsWell() {
        meters.bindTo(registry);
        meters.lockNamed("seat");

        assertThat(acquired("acquired")).isZero();
    }

    @Test
    void aLeaseIsCountedWhileItIsHeldAndTimedWhenItEnds() throws Exception {
        meters.bindTo(registry);

        Lease lease = locks.acquire(SEAT);
        assertThat(gauge("active")).isEqualTo(1);
        assertThat(acquired("acquired")).isEqualTo(1);
        assertThat(registry.get("coordination.lock.held").timer().count()).isZero();
        lease.close();

        assertThat(gauge("active")).isZero();
        assertThat(registry.get("coordination.lock.held").timer().count()).isEqualTo(1);
    }

    @Test
    void aWaiterIsCountedWhileItWaits() throws Exception {
        meters.bindTo(registry);
        CompletableFuture<Lease> waiter;

        Lease lease = locks.acquire(SEAT);
        waiter = locks.acquireAsync(SEAT, LockOptions.defaults());
        assertThat(gauge("waiting")).isEqualTo(1);
        assertThat(counter("contended")).isEqualTo(1);
        lease.close();
        waiter.join().close();

        assertThat(gauge("waiting")).isZero();
        assertThat(acquired("acquired")).isEqualTo(2);
    }

    @Test
    void whoFindsTheLockBusyIsCountedAsBusy() throws Exception {
        meters.bindTo(registry);

        Lease lease = locks.acquire(SEAT);
        assertThat(locks.tryAcquire(SEAT, ONCE)).isEmpty();
        lease.close();

        assertThat(acquired("busy")).isEqualTo(1);
        assertThat(gauge("waiting")).isZero();
    }

    @Test
    void whoGivesUpIsCountedAsCancelled() throws Exception {
        meters.bindTo(registry);

        Lease lease = locks.acquire(SEAT);
        locks.acquireAsync(SEAT, LockOptions.defaults()).cancel(false);
        lease.close();

        assertThat(acquired("cancelled")).isEqualTo(1);
        assertThat(gauge("waiting")).isZero();
    }

    @Test
    void whoIsSentAwayForAnotherReasonIsCountedAsFailed() {
        meters.bindTo(registry);
        locks.shutDown();

        assertThatThrownBy(() -> locks.acquire(SEAT)).isInstanceOf(LockNotAcquiredException.class);

        assertThat(acquired("failed")).isEqualTo(1);
    }

    @Test
    void aLostLeaseIsCounted() throws Exception {
        meters.bindTo(registry);
        LockOptions brief =
                LockOptions.defaults().withLease(Duration.ofMillis(20)).withRenew(false);
        CompletableFuture<Object> lost = new CompletableFuture<>();

        Lease lease = locks.acquire(SEAT, brief);
        lease.onLost(lost::complete);
        lost.join();
        lease.close();

        await().untilAsserted(() -> {
            assertThat(counter("lost")).isEqualTo(1);
            assertThat(gauge("active")).isZero();
        });
    }

    @Test
    void gaugesKnowWhatWasHeldBeforeTheRegistryCame() throws Exception {
        Lease lease = locks.acquire(SEAT);
        meters.bindTo(registry);

        assertThat(gauge("active")).isEqualTo(1);
        lease.close();
    }

    @Test
    void twoRegistriesAreRefused() {
        meters.bindTo(registry);

        assertThatThrownBy(() -> meters.bindTo(new SimpleMeterRegistry()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("composite");
    }

    @Test
    void noMeterIsTaggedWithAKey() throws Exception {
        meters.bindTo(registry);

        locks.acquire(SEAT).close();

        assertThat(registry.getMeters())
                .flatExtracting(meter -> meter.getId().getTags())
                .extracting(Tag::getValue)
                .isNotEmpty()
                .doesNotContain(SEAT.key());
    }

    @Test
    void tooManyNamesShareOne(CapturedOutput output) throws Exception {
        meters.bindTo(registry);
        for (int i = 0; i < LockMeters.MOST_NAMES + 5; i++) {
            locks.acquire(Resource.named("name-" + i)).close();
        }

        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                .extracting(id -> id.getTag("name"))
                .doesNotContain("name-" + LockMeters.MOST_NAMES);
        assertThat(registry.get("coordination.lock.held")
                        .tag("name", "(other)")
                        .timer()
                        .count())
                .isEqualTo(5);
        assertThat(output.toString().lines().filter(line -> line.contains("WARN")))
                .singleElement()
                .asString()
                .contains("More than 1000 lock names", "\"name-1000\"");
    }

    private long acquired(String outcome) {
        return registry.get("coordination.lock.acquire")
                .tags("name", "seat", "outcome", outcome)
                .timer()
                .count();
    }

    private double gauge(String name) {
        return registry.get("coordination.lock." + name)
                .tag("name", "seat")
                .gauge()
                .value();
    }

    private double counter(String name) {
        return registry.get("coordination.lock." + name)
                .tag("name", "seat")
                .counter()
                .count();
    }
}
