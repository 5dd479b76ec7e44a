package io.coordination.sample.show;

/** How a seat stands. */
public enum SeatStatus {
    FREE,
    RESERVED,
    SOLD,
    /** More than one sale was written for it: what the lock is there to prevent. */
    SOLD_TWICE
}
