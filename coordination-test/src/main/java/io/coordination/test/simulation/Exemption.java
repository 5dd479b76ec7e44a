package io.coordination.test.simulation;

import java.util.Arrays;

/**
 * What is not guaranteed, as a predicate over what has happened in a run. Where one holds, two may hold a lease by their own
 * judgement, or tokens may fall; what a fenced register accepts is checked all the same.
 */
enum Exemption {
    /** Clock rates are further apart than one per cent from the true one. */
    CLOCK_RATES(true, false) {
        @Override
        boolean holds(Happened happened) {
            return happened.rateBeyondOnePercent;
        }
    },

    /** Wall clocks are further apart than agreed on, and a voter has forgotten its floors without a data directory. */
    WALL_CLOCKS(false, true) {
        @Override
        boolean holds(Happened happened) {
            return happened.wallClocksTooFarApart && happened.floorsForgotten;
        }
    },

    /** The monotonic clock of a suspended machine stood still, and its wall clock was set back: nothing tells how long it was. */
    BOTH_CLOCKS_LIE(true, false) {
        @Override
        boolean holds(Happened happened) {
            return happened.setBackAndStoodStill;
        }
    },

    /** Two live processes of one voter. */
    TWO_LIVE_PROCESSES(true, true) {
        @Override
        boolean holds(Happened happened) {
            return happened.twoLiveProcessesOfAVoter && !happened.fresh;
        }
    },

    /** A cold start that an earlier process of a voter has survived. */
    FRESH_WITH_SURVIVOR(true, true) {
        @Override
        boolean holds(Happened happened) {
            return happened.twoLiveProcessesOfAVoter && happened.fresh;
        }
    };

    final boolean allowsTwoHolders;
    final boolean allowsFallingTokens;

    Exemption(boolean allowsTwoHolders, boolean allowsFallingTokens) {
        this.allowsTwoHolders = allowsTwoHolders;
        this.allowsFallingTokens = allowsFallingTokens;
    }

    abstract boolean holds(Happened happened);

    /** What {@link Exemption} looks at. */
    static final class Happened {
        boolean rateBeyondOnePercent;
        boolean wallClocksTooFarApart;
        boolean floorsForgotten;
        boolean setBackAndStoodStill;
        boolean twoLiveProcessesOfAVoter;
        boolean fresh;

        boolean allowsTwoHolders() {
            return Arrays.stream(values()).anyMatch(one -> one.allowsTwoHolders && one.holds(this));
        }

        boolean allowsFallingTokens() {
            return Arrays.stream(values()).anyMatch(one -> one.allowsFallingTokens && one.holds(this));
        }
    }
}
