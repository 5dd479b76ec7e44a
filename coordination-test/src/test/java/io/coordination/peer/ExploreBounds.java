package io.coordination.peer;

import io.coordination.time.Moment;
import java.time.Duration;
import java.util.List;

/**
 * How far an exploration goes. There are three voters and two requesters without a vote; all clocks show the same.
 *
 * @param asks how often each requester may want the lease
 * @param says how often each requester may speak: ask, ask again, renew, yield, or say that it is free
 * @param ticks how often time passes
 * @param leaseTicks how long a lease lasts; so long a voter that waits keeps silent after a restart
 * @param crashes how often a voter may lose its memory, 0 or 1: the first one, where it reads; any of them, where they wait
 * @param way how it comes to vote again
 */
record ExploreBounds(int asks, int says, int ticks, int leaseTicks, int crashes, Recovery.Way way) {

    static final List<String> VOTERS = List.of("a", "b", "c");
    static final List<String> REQUESTERS = List.of("p", "q");

    /** Times begin high enough that what lies before the beginning is not negative. */
    private static final long FIRST_TICK = 1_000;

    ExploreBounds with(Recovery.Way other) {
        return new ExploreBounds(asks, says, ticks, leaseTicks, crashes, other);
    }

    ExploreBounds withSays(int count) {
        return new ExploreBounds(asks, count, ticks, leaseTicks, crashes, way);
    }

    ExploreBounds withAsks(int count) {
        return new ExploreBounds(count, says, ticks, leaseTicks, crashes, way);
    }

    ExploreBounds withTicks(int count) {
        return new ExploreBounds(asks, says, count, leaseTicks, crashes, way);
    }

    ExploreBounds withCrashes(int count) {
        return new ExploreBounds(asks, says, ticks, leaseTicks, count, way);
    }

    String inWords() {
        return String.format(
                "each of two asks %d times and speaks %d times, %d ticks, leases of %d, %s",
                asks,
                says,
                ticks,
                leaseTicks,
                crashes == 0
                        ? "no restarts"
                        : way == Recovery.Way.WAIT
                                ? "each voter may restart once, and waits"
                                : "one voter may restart once, and reads or waits");
    }

    PeerGroup group() {
        return new PeerGroup(VOTERS, Duration.ofNanos(lease()), Duration.ofNanos(PeerWalk.TICK), true);
    }

    /** Voters exclude for as long as a lease lasts, the margin is just below a tick; records are not forgotten. */
    PeerTimes times() {
        return new PeerTimes(
                lease(),
                PeerWalk.TICK,
                1_000,
                PeerWalk.TICK - 100,
                2 * PeerWalk.TICK,
                2 * PeerWalk.TICK,
                100 * lease());
    }

    static Moment at(int tick) {
        long ticks = FIRST_TICK + tick;
        return new Moment(ticks * PeerWalk.TICK, ticks * PeerWalk.TICK / 1_000);
    }

    private long lease() {
        return leaseTicks * PeerWalk.TICK;
    }
}
