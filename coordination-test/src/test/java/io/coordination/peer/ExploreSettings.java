package io.coordination.peer;

import java.util.List;

/** How far explorations go: in each build, and when there is time. */
final class ExploreSettings {

    static final ExploreBounds WAITING = new ExploreBounds(1, 2, 1, 2, 1, Recovery.Way.WAIT);
    static final ExploreBounds READING = new ExploreBounds(1, 1, 1, 2, 1, Recovery.Way.READ_OR_WAIT);

    /** Nobody restarts, no time passes, but each may come a second time. */
    static final ExploreBounds OFTEN = new ExploreBounds(2, 3, 0, 2, 0, Recovery.Way.WAIT);

    /** A rule without which the exploration finds something, and where. */
    record Weakened(Mutation mutation, ExploreBounds bounds) {

        @Override
        public String toString() {
            return mutation.rule();
        }
    }

    private ExploreSettings() {}

    static List<ExploreBounds> large() {
        return List.of(
                WAITING.withTicks(3), WAITING.withAsks(2).withSays(3), READING.withTicks(3), READING.withSays(2));
    }

    /** Found in a build. */
    static List<Weakened> weakened() {
        return List.of(
                weakened("R1 one voter less", WAITING),
                weakened("R3 grants from before its FREE count", OFTEN),
                weakened("R6 a holder yields too", WAITING),
                weakened("V1 the voter prefers the earlier ticket", WAITING),
                weakened("V5 no floor", WAITING),
                weakened("S5 a tick less of quarantine", WAITING.withSays(1)),
                weakened("S2 the incarnation of the reader is not noted", READING),
                weakened("S3 one answer less", READING));
    }

    /** Those that take longer, or are not found within these bounds. */
    static List<Weakened> rarer() {
        return List.of(
                weakened("V2 excludes for a tick less", WAITING),
                weakened("V4 a FREE matches the owner only", OFTEN),
                weakened("R2 counts from the receipt", WAITING.withTicks(2)),
                weakened("R3 grants from before its yield count", WAITING),
                weakened("GRANT without the incarnations it knows", READING.withSays(2)),
                weakened("S4 leases are not adopted", READING.withSays(2)),
                weakened("V3 a pushed grant echoes a newer stamp", WAITING.withTicks(2)),
                weakened("R4 the deadline by a timer that is late", WAITING.withTicks(2)),
                weakened("R5 FREE before it stops", WAITING),
                weakened("R1 messages count, not voters", WAITING));
    }

    private static Weakened weakened(String rule, ExploreBounds bounds) {
        Mutation mutation = Mutations.all()
                .filter(one -> one.rule().equals(rule))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(rule));
        return new Weakened(mutation, bounds);
    }
}
