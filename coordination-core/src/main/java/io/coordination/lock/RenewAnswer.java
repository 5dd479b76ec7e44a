package io.coordination.lock;

import io.coordination.time.Moment;

/** What a store says to an attempt to renew. */
public sealed interface RenewAnswer {

    /**
     * The lease lasts on.
     *
     * @param countsFrom as in {@link AcquireAnswer.Granted}
     * @param othersMayWait as in {@link AcquireAnswer.Granted}
     */
    record Renewed(Moment countsFrom, boolean othersMayWait) implements RenewAnswer {}

    /** The acquisition holds the lease no longer. */
    record NotHeld() implements RenewAnswer {}

    /** The store could not be asked or did not answer: the lease may or may not last on. */
    record Unknown(Throwable cause) implements RenewAnswer {}
}
