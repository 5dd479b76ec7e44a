package io.coordination.lock;

import java.util.function.Consumer;

/**
 * Hints that a resource may be free; to whoever holds it, that others want it. Apart from the store, because they decide nothing: losing all of them makes waiting
 * slower, never wrong, and a false one costs an attempt.
 *
 * <p>Threads: listeners are called from any thread. Blocking: listeners do not block. Failure: hints may be lost, late,
 * doubled or reordered.
 */
public interface WakeUps {

    /** Calls {@code listener} with each resource that may be free, until the subscription is closed. */
    Subscription subscribe(Consumer<? super Resource> listener);

    /** Ends a subscription. */
    @FunctionalInterface
    interface Subscription extends AutoCloseable {

        @Override
        void close();
    }
}
