package io.coordination.lock;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who wants to know of the loss of one grant. Each listener is called at most once. */
final class LossListeners {

    /** A lease has a handful of listeners; thousands are a leak in the caller. */
    static final int MOST = 1_000;

    private static final Logger log = LoggerFactory.getLogger("io.coordination.lock");

    private @Nullable List<Consumer<? super LeaseLoss>> listeners;
    private @Nullable LeaseLoss loss;

    /** Calls the listener at once if the loss has happened. */
    void add(Consumer<? super LeaseLoss> listener) {
        LeaseLoss happened;
        synchronized (this) {
            happened = loss;
            if (happened == null) {
                if (listeners == null) {
                    listeners = new ArrayList<>(2);
                }
                if (listeners.size() == MOST) {
                    throw new IllegalStateException("A lease takes at most " + MOST
                            + " listeners for its loss. Register one per lease, not one per use.");
                }
                listeners.add(listener);
            }
        }
        if (happened != null) {
            listener.accept(happened);
        }
    }

    void remove(Consumer<? super LeaseLoss> listener) {
        synchronized (this) {
            if (listeners != null) {
                listeners.remove(listener);
            }
        }
    }

    void fire(LeaseLoss happened) {
        List<Consumer<? super LeaseLoss>> toCall;
        synchronized (this) {
            loss = happened;
            toCall = listeners == null ? List.of() : List.copyOf(listeners);
            listeners = null;
        }
        for (Consumer<? super LeaseLoss> listener : toCall) {
            try {
                listener.accept(happened);
            } catch (RuntimeException failed) {
                log.error("A listener could not be told: {}", happened.inWords(), failed);
            }
        }
    }
}
