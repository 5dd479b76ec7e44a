package io.coordination.lock;

import io.coordination.CoordinationException;
import java.time.Duration;

/** Thrown when a lease could not be obtained. Nothing is held and nothing is left waiting. */
public final class LockNotAcquiredException extends CoordinationException {

    private static final long serialVersionUID = 1L;

    /** Why a lease was not obtained. */
    public enum Reason {
        /** Others held the resource until the wait ended. */
        BUSY,
        /** The store could not be asked, or did not answer, until the wait ended. */
        STORE_UNAVAILABLE,
        /** This instance already has as many waiters or resources as it may have. */
        FULL,
        /** The lock manager is shutting down. */
        SHUT_DOWN
    }

    private final transient Resource resource;
    private final Reason reason;

    LockNotAcquiredException(Resource resource, Refusal refusal, Duration waited) {
        super(refusal.inWords(resource, waited), refusal.cause());
        this.resource = resource;
        this.reason = refusal.reason();
    }

    public Resource resource() {
        return resource;
    }

    public Reason reason() {
        return reason;
    }
}
