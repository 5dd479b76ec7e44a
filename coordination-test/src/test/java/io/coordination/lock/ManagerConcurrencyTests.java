package io.coordination.lock;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.junit.jupiter.api.Test;

/** The manager does for several threads what it does for one. */
class ManagerConcurrencyTests {

    @Test
    void someOrderExplainsWhichAttemptsSucceed() {
        ConcurrencyCheck.stress(TryAcquireSubject.class, TryAcquireSpecification.class, 10);
    }

    @Test
    void waitersOfTwoManagersExcludeEachOtherAndAllAreServed() {
        ConcurrencyCheck.stress(WaitingSubject.class, WaitingSpecification.class, 10);
    }

    @Test
    void aGrantEndsOnceAndWithItsLastHandle() {
        ConcurrencyCheck.stress(HandlesSubject.class, HandlesSpecification.class, 10);
    }

    @Test
    void aShutdownLetsInNobodyAndIsOverWhenNothingIsHeld() {
        ConcurrencyCheck.stress(ShutDownSubject.class, ShutDownSpecification.class, 10);
    }

    /** Over a store that may grant twice: what these checks are worth. */
    @Test
    void twoHoldersAreFoundOut() {
        assertThatThrownBy(() -> ConcurrencyCheck.stress(FaultyWaitingSubject.class, WaitingSpecification.class, 200))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("Invalid execution results");
    }
}
