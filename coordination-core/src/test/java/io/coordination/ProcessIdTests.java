package io.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessIdTests {

    @Test
    void processesAreOrderedByNameAndThenByIncarnation() {
        ProcessId first = new ProcessId("a", 9);
        ProcessId second = new ProcessId("b", 0);
        ProcessId third = new ProcessId("b", 1);
        assertThat(List.of(third, first, second).stream().sorted()).containsExactly(first, second, third);
        assertThat(second).hasToString("b/0");
    }

    @Test
    void badNodeIdsAreRefusedWithWhatToDo() {
        for (String bad : List.of("", "  ", "x".repeat(129), "line\nbreak", "half \uD83D")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ProcessId(bad, 0))
                    .withMessageContaining("coordination.node-id");
        }
        assertThat(new ProcessId("x".repeat(128), 0).nodeId()).hasSize(128);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProcessId("a", -1))
                .withMessageContaining("-1");
    }
}
