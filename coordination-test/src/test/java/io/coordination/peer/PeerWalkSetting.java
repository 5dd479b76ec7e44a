package io.coordination.peer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a walk is about. Immutable; prints as the expression that makes it. */
final class PeerWalkSetting {

    private final String expression;
    private final Recovery.Way way;
    private int voters = 3;
    private int workers;
    private int leaseTicks = 3;
    private int overlongTicks;
    private int clockTicks = 3;
    private int strayTicks;
    private List<Also> with = List.of();

    private PeerWalkSetting(String expression, Recovery.Way way) {
        this.expression = expression;
        this.way = way;
    }

    /** What happens in some walks only. */
    enum Also {
        /** A restarted process looks like the one before. */
        REUSED_INCARNATIONS,
        /** Voters have data directories, which survive their crashes. */
        DATA_DIRECTORIES,
        /** Voters come and go, one in each rollout, to which every process is restarted. */
        ROLLOUTS,
        /** Two voters come or go at once. */
        LEAPS,
        /** The list changes again before all voters of the one before are in. */
        HASTE,
        /** Machines are set back to an earlier state, as by a snapshot. */
        SNAPSHOTS
    }

    private static final String VOTERS = "abcde";
    private static final String WORKERS = "pq";

    static final PeerWalkSetting WAITING = of("WAITING", 2, Recovery.Way.WAIT);
    static final PeerWalkSetting READING = of("READING", 2, Recovery.Way.READ_OR_WAIT);
    static final PeerWalkSetting FRESH = of("FRESH", 0, Recovery.Way.FRESH);

    private static PeerWalkSetting of(String name, int workers, Recovery.Way way) {
        PeerWalkSetting setting = new PeerWalkSetting("PeerWalkSetting." + name, way);
        setting.workers = workers;
        return setting;
    }

    private PeerWalkSetting but(String said, Consumer<PeerWalkSetting> change) {
        PeerWalkSetting copy = new PeerWalkSetting(expression + "." + said, way);
        copy.voters = voters;
        copy.workers = workers;
        copy.leaseTicks = leaseTicks;
        copy.overlongTicks = overlongTicks;
        copy.clockTicks = clockTicks;
        copy.strayTicks = strayTicks;
        copy.with = with;
        change.accept(copy);
        return copy;
    }

    PeerWalkSetting withVoters(int count) {
        return but("withVoters(" + count + ")", copy -> copy.voters = count);
    }

    /** Members without a vote. */
    PeerWalkSetting withWorkers(int count) {
        return but("withWorkers(" + count + ")", copy -> copy.workers = count);
    }

    PeerWalkSetting withLeaseTicks(int ticks) {
        return but("withLeaseTicks(" + ticks + ")", copy -> copy.leaseTicks = ticks);
    }

    /** By how much some ask for more than the longest lease. */
    PeerWalkSetting withOverlongTicks(int ticks) {
        return but("withOverlongTicks(" + ticks + ")", copy -> copy.overlongTicks = ticks);
    }

    /** By how much wall clocks are agreed to differ. */
    PeerWalkSetting withClockTicks(int ticks) {
        return but("withClockTicks(" + ticks + ")", copy -> copy.clockTicks = ticks);
    }

    /** By how much more than that they do differ. */
    PeerWalkSetting withStrayTicks(int ticks) {
        return but("withStrayTicks(" + ticks + ")", copy -> copy.strayTicks = ticks);
    }

    PeerWalkSetting with(Also also) {
        List<Also> more = new ArrayList<>(with);
        more.add(also);
        return but("with(PeerWalkSetting.Also." + also + ")", copy -> copy.with = List.copyOf(more));
    }

    Recovery.Way way() {
        return way;
    }

    int leaseTicks() {
        return leaseTicks;
    }

    int overlongTicks() {
        return overlongTicks;
    }

    int clockTicks() {
        return clockTicks;
    }

    int strayTicks() {
        return strayTicks;
    }

    boolean has(Also also) {
        return with.contains(also);
    }

    /** All who ever vote, then those who never do. */
    List<String> nodes() {
        List<String> nodes = new ArrayList<>(mostVoters());
        for (int i = 0; i < workers; i++) {
            nodes.add(WORKERS.substring(i, i + 1));
        }
        return nodes;
    }

    /** All who vote at some time. */
    List<String> mostVoters() {
        return names(has(Also.ROLLOUTS) ? VOTERS.length() : voters);
    }

    PeerGroup group() {
        return group(names(voters));
    }

    PeerGroup group(List<String> names) {
        return new PeerGroup(
                names,
                Duration.ofNanos(ticks(leaseTicks)),
                Duration.ofNanos(ticks(Math.max(1, clockTicks))),
                workers > 0);
    }

    /** The margin is less than a tick, and more than the stamps of one tick can run ahead. */
    PeerTimes times() {
        return new PeerTimes(
                ticks(leaseTicks),
                ticks(Math.max(1, clockTicks)),
                1_000,
                PeerWalk.TICK - 100,
                ticks(2),
                ticks(2),
                ticks(4));
    }

    int healTicks() {
        return 400;
    }

    @Override
    public String toString() {
        return expression;
    }

    private static List<String> names(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(VOTERS.substring(i, i + 1));
        }
        return names;
    }

    private static long ticks(int count) {
        return count * PeerWalk.TICK;
    }
}
