package io.coordination.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class FencingTokenTests {

    @Test
    void theBaseCountsMoreThanAnyHandOver() {
        assertThat(FencingToken.of(7, 0).value()).isEqualTo(7 * 1_024);
        assertThat(FencingToken.of(7, FencingToken.BLOCK - 1)).isLessThan(FencingToken.of(8, 0));
        assertThat(FencingToken.of(7, 3))
                .isEqualByComparingTo(FencingToken.of(7, 3))
                .hasToString("7171");
    }

    @Test
    void aTokenIsPositive() {
        assertThat(new FencingToken(1).value()).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new FencingToken(0));
    }

    @Test
    void aBaseThatDoesNotFitIsNotCutOff() {
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> FencingToken.of(1L << 53, 0));
    }
}
