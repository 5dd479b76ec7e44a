package io.coordination.stomp;

import org.jspecify.annotations.Nullable;

/**
 * How many pipes a hub has at a time, and how many of them have proven nothing yet.
 *
 * <p>Threads: any.
 */
final class Turnstile {

    private enum State {
        EARLY,
        ACCEPTED,
        GONE
    }

    private final int most;
    private final int mostEarly;
    private final Object counting = new Object();
    private int all;
    private int early;

    Turnstile(int most, int mostEarly) {
        this.most = most;
        this.mostEarly = mostEarly;
    }

    /** Whether one more would be let in now. */
    boolean isOpen() {
        synchronized (counting) {
            return all < most && early < mostEarly;
        }
    }

    /** A place for one more pipe; null if there is none. */
    @Nullable
    Place enter() {
        synchronized (counting) {
            if (!isOpen()) {
                return null;
            }
            all++;
            early++;
            return new Place();
        }
    }

    final class Place {

        private State state = State.EARLY;

        /** Whoever has it has proven who it is. */
        void accept() {
            synchronized (counting) {
                if (state == State.EARLY) {
                    state = State.ACCEPTED;
                    early--;
                }
            }
        }

        /** It is free again. Idempotent. */
        void leave() {
            synchronized (counting) {
                if (state != State.GONE) {
                    all--;
                    early -= state == State.EARLY ? 1 : 0;
                    state = State.GONE;
                }
            }
        }
    }
}
