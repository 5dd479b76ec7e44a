package io.coordination.channel;

/** The two ends of a link. */
enum Role {
    /** Opened it. */
    DIALER,
    /** Was dialed. */
    ACCEPTOR
}
