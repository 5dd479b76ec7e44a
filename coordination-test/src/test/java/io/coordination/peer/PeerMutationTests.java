package io.coordination.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.peer.WalkSearch.Found;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the walks find when a rule is weakened. The rare ones are in {@code scripts/simulate --mutations}. */
class PeerMutationTests {

    private static final long MOST = 500;

    @ParameterizedTest(name = "{0}")
    @MethodSource("common")
    void aWeakenedRuleIsNoticed(Mutation mutation) {
        Found found = WalkSearch.search(
                0, MOST, mutation.setting(), mutation.rules(), mutation.healsOneIn(), new TreeMap<>());
        assertThat(found).as("nothing was found").isNotNull();
        assertThat(found.what()).matches(mutation.expected());
    }

    static Stream<Mutation> common() {
        return Mutations.all().filter(mutation -> !mutation.isRare());
    }
}
