package io.coordination.time;

/**
 * One reading of both clocks of this machine.
 *
 * @param nanos nanoseconds of the monotonic clock since the time source was made; not negative, never falls
 * @param micros microseconds of the wall clock since 1970; may be stepped in either direction
 */
public record Moment(long nanos, long micros) {

    private static final long NANOS_PER_MICRO = 1_000;

    /**
     * Nanoseconds passed since {@code earlier}, by whichever clock says more. A machine that was suspended may have kept its
     * monotonic clock still; its wall clock tells. A wall clock stepped backwards takes nothing away.
     */
    public long nanosSince(Moment earlier) {
        long monotonic = nanos - earlier.nanos;
        long wall = (micros - earlier.micros) * NANOS_PER_MICRO;
        return Math.max(monotonic, wall);
    }
}
