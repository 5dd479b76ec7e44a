package io.coordination.channel;

import io.coordination.time.Moment;

/** Lets so many frames through in a second, and as many at once after a quiet one. Source: token bucket, ITU-T I.371. */
final class FrameRate {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final int perSecond;
    private double left;
    private long lastNanos;

    FrameRate(int perSecond, Moment now) {
        this.perSecond = perSecond;
        this.left = perSecond;
        this.lastNanos = now.nanos();
    }

    boolean allows(Moment now) {
        double passed = (double) Math.max(0, now.nanos() - lastNanos) / NANOS_PER_SECOND;
        lastNanos = now.nanos();
        left = Math.min(perSecond, left + passed * perSecond);
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
