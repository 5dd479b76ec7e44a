package io.coordination.lock;

/** How a lease stands, as its holder can tell. */
public enum LeaseState {
    /** Held: the deadline lies ahead. */
    HELD,
    /** Held, but the last renewal failed or was not answered. Renewal goes on; the deadline decides. */
    AT_RISK,
    /** Ended without having been released; another may hold the resource now. Final. */
    LOST,
    /** Released by its holder. Final. */
    RELEASED
}
