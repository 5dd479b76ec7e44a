package io.coordination.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.peer.Explore.Bounds;
import io.coordination.peer.Explore.Seen;
import org.junit.jupiter.api.Test;

/** The beginning of what can be reached; {@code scripts/simulate --explore} goes further. */
class ExploreTests {

    @Test
    void noStateThatWasReachedBreaksARule() {
        Seen seen = new Explore(new Bounds(1, 2, 1, 2, 5_000), new Rules()).run();
        assertThat(seen.violation()).as(() -> String.join("\n", seen.path())).isNull();
        assertThat(seen.states()).isEqualTo(5_000);
        // States are told apart by what they are, not by how they were reached.
        assertThat(seen.transitions()).isGreaterThan(2 * seen.states());
    }

    @Test
    void aWeakenedRuleIsReached() {
        Rules oneVoterLess = Mutations.all()
                .filter(mutation -> mutation.rule().equals("R1 one voter less"))
                .findFirst()
                .orElseThrow()
                .rules();
        Seen seen = new Explore(new Bounds(1, 0, 0, 2, 5_000), oneVoterLess).run();
        assertThat(seen.violation()).isNotNull();
        assertThat(seen.path()).anyMatch(step -> step.contains("Grant"));
    }
}
