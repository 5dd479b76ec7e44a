package io.coordination.spring.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.annotation.WhenBusy;
import io.coordination.lock.LockOptions;
import io.coordination.lock.OnLost;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LockSettingsTests {

    private static final Duration ONE = Duration.ofSeconds(1);
    private static final Duration TWO = Duration.ofSeconds(2);
    private static final Duration THREE = Duration.ofSeconds(3);

    @Test
    void whatNobodyGivesIsTheDefault() {
        assertThat(LockSettings.NONE.over(LockOptions.defaults())).isEqualTo(LockOptions.defaults());
    }

    @Test
    void theOperatorGoesBeforeTheDeveloperAndBothBeforeWhatHoldsForAll() {
        ConfiguredLocks configured = new ConfiguredLocks(all(ONE), Map.of("named", lease(THREE)));
        assertThat(configured.settings("named", all(TWO)).lease()).isEqualTo(THREE);
        assertThat(configured.settings("named", all(TWO)).maximumHold()).isEqualTo(TWO);
        assertThat(configured.settings("other", lease(TWO)).lease()).isEqualTo(TWO);
        assertThat(configured.settings("other", lease(TWO)).maximumHold()).isEqualTo(ONE);
        assertThat(configured.settings("other", LockSettings.NONE)).isEqualTo(all(ONE));
    }

    @Test
    void retriesGoBeforeAMoreGeneralWait() {
        LockSettings wait = new LockSettings(null, THREE, null, null, null, null, null, null);
        LockSettings retries = new LockSettings(null, null, null, 5, null, null, null, null);
        LockSettings interval = new LockSettings(null, null, ONE, null, null, null, null, null);
        assertThat(retries.over(wait).waitAtMost()).isNull();
        assertThat(interval.over(wait).waitAtMost()).isNull();
        assertThat(LockSettings.NONE.over(wait).waitAtMost()).isEqualTo(THREE);
        assertThat(wait.over(retries).waitAtMost()).isEqualTo(THREE);
        assertThat(retries.over(LockOptions.defaults().withWaitAtMost(THREE)).waitAtMost())
                .isNull();
    }

    private static LockSettings lease(Duration lease) {
        return new LockSettings(lease, null, null, null, null, null, null, null);
    }

    private static LockSettings all(Duration duration) {
        return new LockSettings(duration, duration, duration, 1, duration, OnLost.INTERRUPT, false, WhenBusy.SKIP);
    }
}
