package io.coordination.peer;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Runs walks until one violates something. */
final class WalkSearch {

    static final int STEPS = 320;

    /** A healed phase takes ten times as long as the walk before it. */
    static final int HEALS_ONE_IN = 8;

    private WalkSearch() {}

    /**
     * @param seed of the walk
     * @param trace what happened in it, as text
     */
    record Found(long seed, String what, String trace) {

        /** For whoever has to look into it: what, how, and a test that fails until it is mended. */
        String inWords(PeerWalkSetting setting) {
            return "Seed " + seed + " in " + setting + ": " + what + "\n" + trace
                    + "\n@Test\nvoid seed" + seed + "IsSafe() {\n    assertThat(WalkSearch.walk(" + seed + ", "
                    + setting
                    + ", new Rules(), true)).isNull();\n}\n";
        }
    }

    static @Nullable Found search(
            long first, long seeds, PeerWalkSetting setting, Rules rules, int healsOneIn, Map<String, Integer> counts) {
        for (long seed = first; seed < first + seeds; seed++) {
            boolean heals = seed % healsOneIn == 0;
            if (violation(new PeerWalk(seed, setting, rules, counts, false), heals) != null) {
                return walk(seed, setting, rules, heals);
            }
        }
        return null;
    }

    /** One walk, with its trace; null if it violates nothing. */
    static @Nullable Found walk(long seed, PeerWalkSetting setting, Rules rules, boolean heals) {
        PeerWalk walk = new PeerWalk(seed, setting, rules, new TreeMap<>(), true);
        String what = violation(walk, heals);
        return what == null ? null : new Found(seed, what, walk.trace());
    }

    private static @Nullable String violation(PeerWalk walk, boolean heals) {
        try {
            walk.run(STEPS);
            if (heals) {
                walk.heal();
            }
            return null;
        } catch (PeerViolation violation) {
            return violation.getMessage();
        }
    }
}
