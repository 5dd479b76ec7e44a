package io.coordination.peer;

import java.util.concurrent.CompletionStage;

/**
 * Where a voter keeps, for its next process, a bound of the token bases that it has granted: the data directory. With it tokens
 * rise across restarts whatever the wall clocks show. One process of a node uses it at a time.
 */
public interface TokenCeiling {

    /** The bound last stored, 0 before the first. Called once, before the process votes; may block. */
    long stored();

    /**
     * Stores a higher bound. Must not block; the stage may be completed by any thread, and only when the bound will be found
     * after a crash of the machine. Where it fails, the voter grants nothing above the bound before and tries again.
     */
    CompletionStage<?> raise(long ceiling);
}
