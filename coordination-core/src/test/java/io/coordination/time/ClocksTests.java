package io.coordination.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClocksTests {

    private final HybridClock clock = new HybridClock();

    @Test
    void theClockFollowsTheWallClockAndNeverRepeatsOrFalls() {
        assertThat(clock.next(100)).isEqualTo(100);
        assertThat(clock.next(100)).isEqualTo(101);
        assertThat(clock.next(50)).isEqualTo(102);
        assertThat(clock.next(103)).isEqualTo(103);
        assertThat(clock.next(1_000)).isEqualTo(1_000);
    }

    @Test
    void whatAnotherClockHasUsedIsExceeded() {
        clock.observe(500);
        assertThat(clock.next(100)).isEqualTo(501);
        clock.observe(200);
        assertThat(clock.next(100)).as("an observation takes nothing back").isEqualTo(502);
    }

    @Test
    void timePassesByWhicheverClockSaysMore() {
        Moment earlier = new Moment(1_000_000, 50_000);
        assertThat(new Moment(1_002_000, 50_001).nanosSince(earlier)).isEqualTo(2_000);
        assertThat(new Moment(1_000_500, 50_003).nanosSince(earlier))
                .as("the machine was suspended")
                .isEqualTo(3_000);
        assertThat(new Moment(1_000_700, 10_000).nanosSince(earlier))
                .as("the wall clock was set back")
                .isEqualTo(700);
    }
}
