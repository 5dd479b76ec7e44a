package io.coordination.lock;

/** What a store says to a release. */
public sealed interface ReleaseAnswer {

    /** The acquisition holds nothing and waits for nothing any more, whether or not it did before. */
    record Released() implements ReleaseAnswer {}

    /** The store could not be asked or did not answer: the lease may last until it runs out. */
    record Unknown(Throwable cause) implements ReleaseAnswer {}
}
