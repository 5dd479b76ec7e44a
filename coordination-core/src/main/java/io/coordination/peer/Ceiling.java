package io.coordination.peer;

import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How high the bases that a voter grants may be: no higher than what its next process will find stored. Raised ahead of need, so
 * that nobody waits for a disk; by little, so that a restart does not carry bases far ahead of the clocks.
 */
final class Ceiling {

    private static final long UNBOUNDED = Long.MAX_VALUE;

    private final LongConsumer raise;
    private final long ahead;
    private long stored;
    private long asked;
    private @Nullable String failure;

    /**
     * @param atStart what the process before has stored
     * @param ahead how far above what is needed it is raised, in microseconds
     * @param raise stores a bound; {@link #raised} or {@link #failed} says what became of it
     */
    Ceiling(long atStart, long ahead, LongConsumer raise) {
        this.stored = atStart;
        this.asked = atStart;
        this.ahead = ahead;
        this.raise = raise;
    }

    /** Nothing is stored: a restarted voter relies on its wall clock. */
    static Ceiling none() {
        return new Ceiling(UNBOUNDED, 0, bound -> {});
    }

    /** All that any process of this voter has granted lies at or below it; the least number if nothing is stored. */
    long floor() {
        return stored == UNBOUNDED ? Long.MIN_VALUE : stored;
    }

    long stored() {
        return stored;
    }

    /** To be called for every base that is asked for. */
    void want(long base) {
        if (stored != UNBOUNDED && base > stored - ahead / 2 && base > asked - ahead / 2) {
            asked = base + ahead;
            raise.accept(asked);
        }
    }

    void raised(long bound) {
        stored = Math.max(stored, bound);
        failure = null;
    }

    /** Says whether that is news. */
    boolean failed(String reason) {
        boolean news = failure == null;
        asked = stored;
        failure = reason;
        return news;
    }

    /** Why the last attempt to raise it failed; null if it did not. */
    @Nullable
    String failure() {
        return failure;
    }
}
