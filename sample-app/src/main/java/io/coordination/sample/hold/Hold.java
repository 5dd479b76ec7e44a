package io.coordination.sample.hold;

import java.time.Duration;

/** The lock of a seat, taken for a while. */
record Hold(long seatId, String token, Duration length, int waiting) {}
