package io.coordination.lock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CensusTests {

    private final Census census = new Census(2, 2);

    @Test
    void asManyAreLetInAsTheLimitSaysAndAgainWhenOneIsSettled() {
        assertThat(census.admit()).isNull();
        assertThat(census.admit()).isNull();
        assertThat(census.admit()).isSameAs(Refusal.FULL);
        assertThat(census.admit()).as("a refusal takes no place").isSameAs(Refusal.FULL);
        census.settled();
        assertThat(census.admit()).isNull();
    }

    @Test
    void withTheMostResourcesInHandNobodyIsLetIn() {
        census.entryAdded();
        assertThat(census.admit()).isNull();
        census.entryAdded();
        assertThat(census.admit()).isSameAs(Refusal.FULL);
        census.entryRemoved();
        assertThat(census.admit()).isNull();
    }

    @Test
    void aShutdownEndsWithTheLastResource() {
        census.entryAdded();
        census.entryAdded();
        assertThat(census.isShuttingDown()).isFalse();
        var end = census.shutDown();
        assertThat(census.isShuttingDown()).isTrue();
        assertThat(census.admit()).isSameAs(Refusal.SHUT_DOWN);
        census.entryRemoved();
        assertThat(end).isNotDone();
        census.entryRemoved();
        assertThat(end).isCompleted();
    }

    @Test
    void anEmptyManagerThatIsNotShutDownDoesNotEnd() {
        census.entryAdded();
        census.entryRemoved();
        census.entryAdded();
        var end = census.shutDown();
        assertThat(end).isNotDone();
        end.complete(null);
        assertThat(census.shutDown()).as("the future of another caller").isNotDone();
    }
}
