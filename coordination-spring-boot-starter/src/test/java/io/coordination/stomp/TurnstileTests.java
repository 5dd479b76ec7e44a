package io.coordination.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TurnstileTests {

    private final Turnstile turnstile = new Turnstile(3, 2);

    @Test
    void onlySoManyAreInAtATimeAndFewerOfThemUnproven() {
        Turnstile.Place first = turnstile.enter();
        Turnstile.Place second = turnstile.enter();
        assertThat(turnstile.isOpen()).isFalse();
        assertThat(turnstile.enter()).isNull();
        first.accept();
        first.accept();
        Turnstile.Place third = turnstile.enter();
        second.accept();
        third.accept();
        assertThat(turnstile.enter()).as("all three places are taken").isNull();
        second.leave();
        second.leave();
        assertThat(turnstile.enter()).isNotNull();
        assertThat(turnstile.enter()).isNull();
    }

    @Test
    void aPlaceThatWasLeftCannotBeAcceptedAnyMore() {
        Turnstile.Place place = turnstile.enter();
        place.leave();
        place.accept();
        turnstile.enter();
        turnstile.enter();
        assertThat(turnstile.enter()).isNull();
    }
}
