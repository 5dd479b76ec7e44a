package io.coordination.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LockOptionsTests {

    private static final LockOptions DEFAULTS = LockOptions.defaults();

    @Test
    void eachOptionIsSetAlone() {
        LockOptions all = DEFAULTS.withLease(Duration.ofSeconds(1))
                .withWaitAtMost(Duration.ofSeconds(2))
                .withRetryInterval(Duration.ofSeconds(3))
                .withMaxRetries(4)
                .withMaximumHold(Duration.ofSeconds(5))
                .withOnLost(OnLost.INTERRUPT)
                .withRenew(false);
        assertThat(all)
                .isEqualTo(new LockOptions(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        4,
                        Duration.ofSeconds(5),
                        OnLost.INTERRUPT,
                        false));
    }

    @Test
    void theWaitIsGivenOrFollowsFromTheRetries() {
        assertThat(DEFAULTS.waitNanos()).isEqualTo(Duration.ofSeconds(30).toNanos());
        assertThat(DEFAULTS.withMaxRetries(2).waitNanos())
                .isEqualTo(Duration.ofMillis(200).toNanos());
        assertThat(DEFAULTS.withWaitAtMost(Duration.ofNanos(7)).waitNanos()).isEqualTo(7);
        assertThat(DEFAULTS.withMaxRetries(0).waitNanos()).isZero();
    }

    @Test
    void theEndsOfTheRangesAreAllowed() {
        assertThat(DEFAULTS.withLease(Duration.ofMillis(1)).withMaximumHold(LockOptions.LONGEST))
                .isNotNull();
        assertThat(DEFAULTS.withLease(LockOptions.LONGEST).withRetryInterval(LockOptions.LONGEST))
                .isNotNull();
        assertThat(DEFAULTS.withWaitAtMost(Duration.ZERO).withMaxRetries(0)).isNotNull();
    }

    @Test
    void beyondThemTheMessageNamesTheOption() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withLease(Duration.ofNanos(999_999)))
                .withMessageContaining("lease")
                .withMessageContaining("1 ms");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withRetryInterval(Duration.ZERO))
                .withMessageContaining("retryInterval");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withMaximumHold(LockOptions.LONGEST.plusNanos(1)))
                .withMessageContaining("maximumHold");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withWaitAtMost(LockOptions.LONGEST.plusNanos(1)))
                .withMessageContaining("waitAtMost");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withMaxRetries(-1))
                .withMessageContaining("maxRetries");
    }
}
