package io.coordination.lock;

import io.coordination.time.Moment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a store says to an attempt to acquire. */
public sealed interface AcquireAnswer {

    /**
     * The lease is the asker's.
     *
     * @param tokenBase the base issued with this grant, higher than all earlier ones of the resource; the same again when an
     *     attempt of the acquisition that holds the lease is repeated
     * @param countsFrom the moment, on the asker's clocks, from which the lease is to be counted: when the attempt was sent,
     *     or an earlier one
     * @param othersMayWait whether another process waits, or the store cannot tell
     */
    record Granted(long tokenBase, Moment countsFrom, boolean othersMayWait) implements AcquireAnswer {}

    /**
     * Another process has the lease, or goes first.
     *
     * @param remaining when it is worth asking again if no wake-up comes before
     * @param holder who has it, for people; null if the store does not tell
     */
    record Busy(Duration remaining, @Nullable String holder) implements AcquireAnswer {}

    /** The store could not be asked or did not answer: it may have granted the lease, or may yet. */
    record Unknown(Throwable cause) implements AcquireAnswer {}
}
