package io.coordination.runtime;

import io.coordination.time.Moment;
import io.coordination.time.TimeSource;
import java.time.Instant;

/** The clocks of this machine. Safe for any thread. */
public final class SystemTimeSource implements TimeSource {

    private final long origin = System.nanoTime();

    @Override
    public Moment now() {
        Instant wall = Instant.now();
        return new Moment(System.nanoTime() - origin, wall.getEpochSecond() * 1_000_000 + wall.getNano() / 1_000);
    }
}
