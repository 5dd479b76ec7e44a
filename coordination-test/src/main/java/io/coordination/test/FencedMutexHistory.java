package io.coordination.test;

import io.coordination.lock.FencingToken;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the callers of one resource saw, and whether some order of their calls explains it by a mutex whose tokens rise: each call
 * takes effect at one moment between its beginning and its end, a grant only while nobody has the mutex, and its token is above
 * all before. A lease that was lost may have ended at any moment since its grant: its outcome stays open. Not safe for several threads.
 *
 * <p>Tokens name the order of the grants, so that no orders have to be tried: in that order each call is put as early as it can be.
 * Source: M. Herlihy and J. Wing, "Linearizability", 1990; the model is that of Jepsen's fenced mutex.
 */
public final class FencedMutexHistory {

    private final TreeMap<FencingToken, Turn> turns = new TreeMap<>();

    /**
     * A grant.
     *
     * @param asked when the call began
     * @param granted when it ended, on the same clock
     */
    public void granted(FencingToken token, long asked, long granted) {
        if (turns.put(token, new Turn(asked, granted)) != null) {
            throw new IllegalArgumentException("The token " + token + " was granted twice.");
        }
    }

    /** A release of a lease that was held to its end. */
    public void released(FencingToken token, long began, long ended) {
        Turn turn = turns.get(token);
        if (turn == null) {
            throw new IllegalArgumentException("The token " + token + " was never granted.");
        }
        turn.releaseBegan = began;
        turn.releaseEnded = ended;
    }

    /** Why no order explains it; null if one does. */
    public @Nullable String objection() {
        long now = Long.MIN_VALUE;
        FencingToken previous = null;
        for (var entry : turns.entrySet()) {
            Turn turn = entry.getValue();
            now = Math.max(now, turn.asked);
            if (now > turn.granted) {
                return "The grant of token " + entry.getKey() + " ended at " + turn.granted + ", before that of token "
                        + previous + " can have ended, at " + now + " at the earliest.";
            }
            if (turn.releaseEnded != null) {
                now = Math.max(now, turn.releaseBegan);
                if (now > turn.releaseEnded) {
                    return "The release of token " + entry.getKey() + " ended before it can have taken effect.";
                }
            }
            previous = entry.getKey();
        }
        return null;
    }

    /** How many grants it has. */
    public int size() {
        return turns.size();
    }

    private static final class Turn {

        private final long asked;
        private final long granted;
        private long releaseBegan;

        /** Null for one that was lost, or never released. */
        private @Nullable Long releaseEnded;

        Turn(long asked, long granted) {
            this.asked = asked;
            this.granted = granted;
        }
    }
}
