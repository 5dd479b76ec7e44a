package io.coordination.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResourceTests {

    @Test
    void aResourceIsShownWithItsKeyIfItHasOne() {
        assertThat(Resource.named("report")).hasToString("\"report\"");
        assertThat(Resource.of("seat", "A-12")).hasToString("\"seat\" [A-12]");
    }

    @Test
    void nameAndKeyHaveAMostTogether() {
        assertThat(Resource.of("seat", "x".repeat(Resource.LONGEST - 4)).key()).hasSize(Resource.LONGEST - 4);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Resource.of("seat", "x".repeat(Resource.LONGEST - 3)))
                .withMessageContaining("\"seat\" has 4")
                .withMessageContaining("key 509");
    }

    @Test
    void whatIsShownOfABadNameIsShort() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Resource.named("\t" + "x".repeat(79)))
                .withMessageContaining("\\u0009" + "x".repeat(79) + "\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Resource.named("\t" + "x".repeat(80)))
                .withMessageContaining("\\u0009" + "x".repeat(79) + "...\"");
    }

    @Test
    void halfACharacterIsRefusedAndAWholeOneIsNot() {
        assertThat(Resource.of("seat", "\uD83D\uDD11").key()).hasSize(2);
        for (String half : List.of("\uD83D", "\uDD11", "\uDD11\uD83D", "a\uD83Db")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Resource.of("seat", half))
                    .withMessageContaining("lock key has no half surrogate pairs")
                    .withMessageContaining("\\ud");
        }
    }
}
