package io.coordination.peer;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerGroupTests {

    @Test
    void timesAreLongerThanZeroAndNoLongerThanADay() {
        for (Duration wrong : List.of(
                Duration.ZERO,
                Duration.ofSeconds(-1),
                Duration.ofDays(1).plusNanos(1),
                Duration.ofSeconds(Long.MAX_VALUE))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new PeerGroup(List.of("a"), wrong, Duration.ofSeconds(1), true))
                    .withMessageContaining("longestGrant")
                    .withMessageContaining(wrong.toString());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new PeerGroup(List.of("a"), Duration.ofSeconds(1), wrong, true))
                    .withMessageContaining("maxClockDifference");
        }
    }
}
