package io.coordination.lock;

import org.junit.jupiter.api.Test;

/** A voter and its claims answer several threads, and one that recovers, as if one had come after the other. */
class PeerStoreConcurrencyTests {

    @Test
    void underStressSomeOrderExplainsAllAnswers() {
        ConcurrencyCheck.stress(PeerStoreSubject.class, PeerStoreSpecification.class, 10);
    }
}
