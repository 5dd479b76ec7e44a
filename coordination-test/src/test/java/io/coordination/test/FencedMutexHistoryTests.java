package io.coordination.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coordination.lock.FencingToken;
import org.junit.jupiter.api.Test;

class FencedMutexHistoryTests {

    private final FencedMutexHistory history = new FencedMutexHistory();

    @Test
    void turnsOneAfterAnotherAreExplained() {
        turn(1, 0, 10, 20, 21);
        turn(2, 5, 22, 30, 31);
        assertThat(history.objection()).isNull();
    }

    @Test
    void callsThatOverlapMayHaveTakenEffectInTheOrderOfTheTokens() {
        turn(1, 0, 10, 20, 25);
        turn(2, 5, 22, 30, 31);
        assertThat(history.objection()).isNull();
    }

    @Test
    void aGrantThatEndedBeforeTheReleaseBeganIsNot() {
        turn(1, 0, 10, 20, 25);
        turn(2, 5, 19, 30, 31);
        assertThat(history.objection()).contains("grant of token 2 ended at 19");
    }

    @Test
    void aTokenThatWasOvertakenIsNot() {
        turn(2, 0, 10, 11, 12);
        turn(1, 20, 30, 31, 32);
        assertThat(history.objection()).contains("grant of token 2 ended at 10");
    }

    @Test
    void aLeaseThatWasLostMayHaveEndedAtAnyTime() {
        history.granted(new FencingToken(1), 0, 10);
        turn(2, 5, 11, 30, 31);
        assertThat(history.objection()).isNull();
        assertThat(history.size()).isEqualTo(2);
    }

    @Test
    void whatCannotBeIsRefused() {
        history.granted(new FencingToken(1), 0, 10);
        assertThatThrownBy(() -> history.granted(new FencingToken(1), 20, 30)).hasMessageContaining("granted twice");
        assertThatThrownBy(() -> history.released(new FencingToken(2), 0, 1)).hasMessageContaining("never granted");
    }

    private void turn(long token, long asked, long granted, long releaseBegan, long releaseEnded) {
        history.granted(new FencingToken(token), asked, granted);
        history.released(new FencingToken(token), releaseBegan, releaseEnded);
    }
}
