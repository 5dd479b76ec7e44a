package io.coordination.spring.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.lock.Lease;
import io.coordination.lock.LeaseState;
import io.coordination.runtime.SystemTimeSource;
import io.coordination.time.Moment;
import io.coordination.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The time of this machine, as far ahead as a test wants: a machine that slept for a day has lost its leases. */
final class JumpingTime implements TimeSource {

    private final TimeSource real = new SystemTimeSource();
    private final AtomicLong ahead = new AtomicLong();

    @Override
    public Moment now() {
        Moment now = real.now();
        long nanos = ahead.get();
        return new Moment(now.nanos() + nanos, now.micros() + TimeUnit.NANOSECONDS.toMicros(nanos));
    }

    void lose(Lease lease) {
        ahead.addAndGet(Duration.ofDays(1).toNanos());
        assertThat(lease.state()).isEqualTo(LeaseState.LOST);
    }
}
