package io.coordination.lock;

/** What a store says to a release. */
public sealed interface ReleaseAnswer {

    /** Calls the one method of {@code cases} that stands for this answer. */
    void match(Cases cases);

    /** One method for each answer. */
    interface Cases {
        void released();

        void unknown(Unknown unknown);
    }

    /** The acquisition holds nothing and waits for nothing any more, whether or not it did before. */
    record Released() implements ReleaseAnswer {
        @Override
        public void match(Cases cases) {
            cases.released();
        }
    }

    /** The store could not be asked or did not answer: the lease may last until it runs out. */
    record Unknown(Throwable cause) implements ReleaseAnswer {
        @Override
        public void match(Cases cases) {
            cases.unknown(this);
        }
    }
}
