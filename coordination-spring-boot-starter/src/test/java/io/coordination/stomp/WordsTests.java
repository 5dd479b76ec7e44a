package io.coordination.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTests {

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "\u00fc", "\u20ac", "\ud83d\ude00", "a\ud83d\ude00", "a\nb\0"})
    void aCloseReasonFitsIntoItsFrameAndIsNotCutWithinACharacter(String part) {
        String reason = Words.closeReason(part.repeat(200));
        byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
        assertThat(bytes).hasSizeLessThanOrEqualTo(123);
        assertThat(reason).doesNotContain("\ufffd").isEqualTo(new String(bytes, StandardCharsets.UTF_8));
        assertThat(reason.chars()).noneMatch(Character::isISOControl);
        assertThat(reason.isEmpty()).isEqualTo(part.isEmpty());
    }
}
