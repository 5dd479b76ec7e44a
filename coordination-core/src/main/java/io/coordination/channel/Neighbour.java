package io.coordination.channel;

import io.coordination.ProcessId;
import io.coordination.time.Moment;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Another node: its link, when it is dialed next, and whether it is thought to be there. */
final class Neighbour {

    private static final int MOST_DOUBLINGS = 16;

    final String node;
    final @Nullable URI address;

    /** Whether this process dials it. */
    final boolean dialed;

    @Nullable
    LinkEnd link;

    @Nullable
    ProcessId process;

    MemberState state = MemberState.GONE;

    /** Why there is no link. */
    @Nullable
    String problem;

    /** While a link is being opened, none other is. */
    private boolean dialing;

    private long dialAt;
    private int failures;
    private long unlinkedSince;
    private boolean said;

    Neighbour(String node, @Nullable URI address, boolean dialed, Moment now) {
        this.node = node;
        this.address = address;
        this.dialed = dialed;
        this.dialAt = now.nanos();
        this.problem = dialed ? "it was not reached yet." : "it has not linked yet.";
    }

    // ---- dialing

    boolean isToBeDialed(Moment now) {
        return dialed && link == null && !dialing && now.nanos() >= dialAt;
    }

    void dialing() {
        dialing = true;
    }

    /** What was dialed is up, or has ended. */
    void dialed() {
        dialing = false;
    }

    /**
     * Dialing has failed, or the link has ended.
     *
     * @param seed spreads the pauses of several nodes, so that they do not all come at once
     */
    void retry(LinkTimes times, String seed, Moment now) {
        long longest = times.longestRetry().toNanos();
        long pause = Math.min(longest, times.firstRetry().toNanos() << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        dialAt = now.nanos()
                + pause / 2
                + Math.floorMod((seed + node + failures).hashCode() * 0x9E3779B97F4A7C15L, pause / 2 + 1);
    }

    /** When it is dialed next; never while it need not be. */
    long due() {
        return dialed && link == null && !dialing ? dialAt : Long.MAX_VALUE;
    }

    // ---- membership

    void linked(LinkEnd end, ProcessId other) {
        link = end;
        process = other;
        failures = 0;
        problem = null;
        said = false;
    }

    void unlinked(String reason, boolean hasSaid, Moment now) {
        link = null;
        problem = reason;
        said = hasSaid;
        unlinkedSince = now.nanos();
    }

    /** @param lastHeard of the link, if there is one */
    MemberState judge(LinkTimes times, long lastHeard, Moment now) {
        if (link != null) {
            return now.nanos() - lastHeard < times.suspect().toNanos() ? MemberState.UP : MemberState.SUSPECTED;
        }
        boolean gone = process == null
                || said
                || now.nanos() - unlinkedSince >= times.gone().toNanos();
        return gone ? MemberState.GONE : MemberState.SUSPECTED;
    }

    Member member(@Nullable LinkView view) {
        return new Member(
                node,
                process,
                state,
                address,
                view == null ? null : view.roundTrip(),
                view == null ? null : view.clockDifference(),
                view == null ? null : view.sameGroup(),
                problem);
    }
}
