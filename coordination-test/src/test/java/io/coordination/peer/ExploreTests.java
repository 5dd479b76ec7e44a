package io.coordination.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.peer.ExploreSettings.Weakened;
import io.coordination.peer.Explorer.Reduction;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every state within narrow bounds; {@code scripts/simulate --explore} goes further. */
class ExploreTests {

    private static final ExploreBounds NO_TIME = new ExploreBounds(1, 1, 0, 2, 0, Recovery.Way.WAIT);

    /** A lease ends, and a voter is in again, with the first tick. */
    private static final ExploreBounds SHORT = new ExploreBounds(1, 1, 1, 1, 1, Recovery.Way.WAIT);

    @Test
    void noStateBreaksARuleWhereVotersWait() {
        Explored seen = explored(ExploreSettings.WAITING, Reduction.ALL);
        assertThat(seen.holding()).isGreaterThan(500);
        assertThat(seen.handOvers()).isGreaterThan(200);
    }

    @Test
    void noStateBreaksARuleWhereARestartedVoterReads() {
        Explored seen = explored(ExploreSettings.READING, Reduction.ALL);
        assertThat(seen.holding()).isGreaterThan(500);
        assertThat(seen.cameIn()).isGreaterThan(100);
    }

    @Test
    void noStateBreaksARuleWhenLeasesHaveEndedAndVotersAreInAgain() {
        Explored seen = explored(ExploreSettings.WAITING.withSays(1).withTicks(2), Reduction.ALL);
        assertThat(seen.ended()).isGreaterThan(20);
        assertThat(seen.handOvers()).isGreaterThan(50);
        assertThat(seen.cameIn()).isGreaterThan(10);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("weakened")
    void aWeakenedRuleIsFound(Weakened weakened) {
        Explored seen = new Explorer(weakened.bounds(), weakened.mutation().rules(), Reduction.ALL).run();
        assertThat(seen.violation()).isNotNull().matches(weakened.mutation().expected());
        assertThat(seen.path()).anyMatch(step -> step.contains("Grant"));
    }

    static List<Weakened> weakened() {
        return ExploreSettings.weakened();
    }

    /** Who can hold what when, after which token; and in which states the two requesters can be together. */
    @Test
    void setsOfStatesHaveWhatGoingThroughAllOfThemHas() {
        PlainExplorer plain = new PlainExplorer(NO_TIME, new Rules());
        plain.run();
        Explored seen = explored(NO_TIME, Reduction.NONE);
        assertThat(seen.pairs()).isEqualTo(plain.pairs());
        assertThat(seen.seen()).isEqualTo(plain.seen());
    }

    @Test
    void nothingIsMissedByWhatIsLeftOut() {
        for (ExploreBounds bounds : List.of(SHORT, SHORT.withTicks(0).with(Recovery.Way.READ_OR_WAIT))) {
            Explored all = explored(bounds, Reduction.NONE);
            for (Reduction reduction : List.of(Reduction.SILENT, Reduction.ALL)) {
                Explored less = explored(bounds, reduction);
                assertThat(less.rows()).isLessThan(all.rows() / 10);
                assertThat(less.seen()).isEqualTo(all.seen());
            }
        }
    }

    private static Explored explored(ExploreBounds bounds, Reduction reduction) {
        Explorer explorer = new Explorer(bounds, new Rules(), reduction);
        Explored seen = explorer.run();
        assertThat(seen.violation()).as(() -> String.join("\n", seen.path())).isNull();
        assertThat(seen.complete()).isTrue();
        assertThatStatesThatLookTheSameAreTheSame(explorer);
        return seen;
    }

    private static void assertThatStatesThatLookTheSameAreTheSame(Explorer explorer) {
        assertThat(explorer.compareWays()).as("steps compared").isGreaterThan(500);
    }
}
