package io.coordination.peer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a walk is about.
 *
 * @param workers how many members have no vote
 * @param leaseTicks how long a lease lasts
 * @param overlongTicks by how much some ask for more than that
 * @param clockTicks by how much wall clocks differ
 * @param reusesIncarnations whether a restarted process looks like the one before
 */
record PeerWalkSetting(
        int voters,
        int workers,
        int leaseTicks,
        int overlongTicks,
        int clockTicks,
        Recovery.Way way,
        boolean reusesIncarnations) {

    private static final String VOTERS = "abcde";
    private static final String WORKERS = "pq";

    static final PeerWalkSetting WAITING = new PeerWalkSetting(3, 2, 3, 0, 3, Recovery.Way.WAIT, false);
    static final PeerWalkSetting READING = new PeerWalkSetting(3, 2, 3, 0, 3, Recovery.Way.READ_OR_WAIT, false);
    static final PeerWalkSetting FRESH = new PeerWalkSetting(3, 0, 3, 0, 3, Recovery.Way.FRESH, false);

    PeerWalkSetting withVoters(int count) {
        return new PeerWalkSetting(count, workers, leaseTicks, overlongTicks, clockTicks, way, reusesIncarnations);
    }

    PeerWalkSetting withWorkers(int count) {
        return new PeerWalkSetting(voters, count, leaseTicks, overlongTicks, clockTicks, way, reusesIncarnations);
    }

    PeerWalkSetting withClockTicks(int ticks) {
        return new PeerWalkSetting(voters, workers, leaseTicks, overlongTicks, ticks, way, reusesIncarnations);
    }

    PeerWalkSetting withLeaseTicks(int ticks) {
        return new PeerWalkSetting(voters, workers, ticks, overlongTicks, clockTicks, way, reusesIncarnations);
    }

    PeerWalkSetting withOverlongTicks(int ticks) {
        return new PeerWalkSetting(voters, workers, leaseTicks, ticks, clockTicks, way, reusesIncarnations);
    }

    PeerWalkSetting reusingIncarnations() {
        return new PeerWalkSetting(voters, workers, leaseTicks, overlongTicks, clockTicks, way, true);
    }

    List<String> nodes() {
        List<String> nodes = new ArrayList<>(group().voters());
        for (int i = 0; i < workers; i++) {
            nodes.add(WORKERS.substring(i, i + 1));
        }
        return nodes;
    }

    PeerGroup group() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < voters; i++) {
            names.add(VOTERS.substring(i, i + 1));
        }
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

    private static long ticks(int count) {
        return count * PeerWalk.TICK;
    }
}
