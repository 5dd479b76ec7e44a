package io.coordination.lock;

import io.coordination.time.Moment;

/** What a store says to an attempt to renew. */
public sealed interface RenewAnswer {

    /** Calls the one method of {@code cases} that stands for this answer. */
    void match(Cases cases);

    /** One method for each answer. */
    interface Cases {
        void renewed(Renewed renewed);

        void notHeld();

        void unknown(Unknown unknown);
    }

    /**
     * The lease lasts on.
     *
     * @param countsFrom as in {@link AcquireAnswer.Granted}
     * @param othersMayWait as in {@link AcquireAnswer.Granted}
     */
    record Renewed(Moment countsFrom, boolean othersMayWait) implements RenewAnswer {
        @Override
        public void match(Cases cases) {
            cases.renewed(this);
        }
    }

    /** The acquisition holds the lease no longer. */
    record NotHeld() implements RenewAnswer {
        @Override
        public void match(Cases cases) {
            cases.notHeld();
        }
    }

    /** The store could not be asked or did not answer: the lease may or may not last on. */
    record Unknown(Throwable cause) implements RenewAnswer {
        @Override
        public void match(Cases cases) {
            cases.unknown(this);
        }
    }
}
