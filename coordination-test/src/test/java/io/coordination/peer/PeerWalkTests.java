package io.coordination.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.peer.PeerWalkSetting.Also;
import io.coordination.peer.WalkSearch.Found;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PeerWalkTests {

    /** {@code scripts/simulate} runs more. */
    private static final long SEEDS = 2_500;

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void noInterleavingBreaksTheRules(String name, PeerWalkSetting setting) {
        Map<String, Integer> counts = new TreeMap<>();
        Found found = WalkSearch.search(0, SEEDS, setting, new Rules(), WalkSearch.HEALS_ONE_IN, counts);
        assertThat(found).as(() -> found == null ? "" : found.inWords(setting)).isNull();
        // A search that grants nothing finds nothing.
        assertThat(counts.get("grants")).isGreaterThan((int) SEEDS);
        assertThat(counts.get("crashes")).isGreaterThan((int) SEEDS);
        if (setting.has(Also.ROLLOUTS)) {
            assertThat(counts.get("rollouts")).isGreaterThan((int) SEEDS / 2);
        }
        if (setting.has(Also.SNAPSHOTS)) {
            assertThat(counts.get("snapshots")).isGreaterThan((int) SEEDS / 2);
        }
    }

    static Stream<Arguments> settings() {
        return Simulate.settings().entrySet().stream()
                .map(setting -> Arguments.of(setting.getKey(), setting.getValue()));
    }

    @Test
    void theSameSeedGivesTheSameTrace() {
        for (long seed = 0; seed < 20; seed++) {
            assertThat(trace(seed)).isEqualTo(trace(seed));
        }
    }

    private static String trace(long seed) {
        PeerWalk walk = new PeerWalk(seed, PeerWalkSetting.READING, new Rules(), new TreeMap<>(), true);
        walk.run(WalkSearch.STEPS);
        walk.heal();
        return walk.trace();
    }
}
