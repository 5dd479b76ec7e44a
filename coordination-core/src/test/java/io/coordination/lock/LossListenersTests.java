package io.coordination.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.ProcessId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LossListenersTests {

    private static final LeaseLoss LOSS = new LeaseLoss(
            Resource.named("seat"),
            new FencingToken(1),
            new Holder(new ProcessId("me", 1), "thread"),
            LeaseLoss.Reason.EXPIRED);

    private final LossListeners listeners = new LossListeners();
    private final List<LeaseLoss> told = new ArrayList<>();

    @Test
    void eachListenerIsToldOnce() {
        listeners.add(told::add);
        listeners.fire(LOSS);
        listeners.fire(LOSS);
        assertThat(told).containsExactly(LOSS);
    }

    @Test
    void whoComesAfterTheLossIsToldAtOnce() {
        listeners.fire(LOSS);
        listeners.add(told::add);
        assertThat(told).containsExactly(LOSS);
    }

    @Test
    void whoWasRemovedIsNotTold() {
        Consumer<LeaseLoss> listener = told::add;
        listeners.remove(listener);
        listeners.add(listener);
        listeners.remove(listener);
        listeners.fire(LOSS);
        assertThat(told).isEmpty();
    }

    @Test
    void oneThatFailsDoesNotKeepTheOthersFromBeingTold() {
        listeners.add(loss -> {
            throw new IllegalStateException("broken listener");
        });
        listeners.add(told::add);
        listeners.fire(LOSS);
        assertThat(told).containsExactly(LOSS);
    }
}
