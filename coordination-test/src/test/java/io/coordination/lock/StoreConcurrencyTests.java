package io.coordination.lock;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.junit.jupiter.api.Test;

/** The store in this JVM answers several threads as if one had come after the other. */
class StoreConcurrencyTests {

    @Test
    void underStressSomeOrderExplainsAllAnswers() {
        ConcurrencyCheck.stress(StoreSubject.class, StoreSpecification.class, 10);
    }

    @Test
    void inModelsSomeOrderExplainsAllAnswers() {
        ConcurrencyCheck.modelCheck(StoreSubject.class, StoreSpecification.class, 10);
    }

    @Test
    void aStoreThatNothingGuardsIsFoundOut() {
        assertThatThrownBy(
                        () -> ConcurrencyCheck.modelCheck(UnguardedStoreSubject.class, StoreSpecification.class, 100))
                .isInstanceOf(LincheckAssertionError.class);
    }
}
