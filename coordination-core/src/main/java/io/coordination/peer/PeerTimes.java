package io.coordination.peer;

import java.time.Duration;

/**
 * The times of the protocol, in nanoseconds. Only the exclusion and the quarantine carry safety.
 *
 * @param longestGrant the longest lease a voter grants
 * @param clockDifference by how much two wall clocks may differ
 * @param exclusionPerMille for how much longer than its holder counts on it a voter excludes others from a lease
 * @param margin how long before the end of its lease the authority of a claim ends
 * @param retry after which an ASK that was not answered is sent again; doubles to four times as much
 * @param reservation how long a free lease waits for a head whose base is behind, or for a named successor
 * @param keep how long a voter keeps the record of a resource that nobody holds or waits for
 */
record PeerTimes(
        long longestGrant,
        long clockDifference,
        long exclusionPerMille,
        long margin,
        long retry,
        long reservation,
        long keep) {

    static final int MOST_BACK_OFF = 4;

    /** Clock rates differ by 1 % at most: {@code (1 + 0.01) / (1 - 0.01)}, rounded up. */
    private static final long EXCLUSION_PER_MILLE = 1_021;

    static PeerTimes of(PeerGroup group) {
        return new PeerTimes(
                group.longestGrant().toNanos(),
                group.maxClockDifference().toNanos(),
                EXCLUSION_PER_MILLE,
                // The manager above keeps a margin, by which it has stopped before a claim gives back what has run out.
                0,
                Duration.ofMillis(200).toNanos(),
                Duration.ofMillis(250).toNanos(),
                2 * group.maxClockDifference().toNanos());
    }

    /** How long a voter excludes others for a lease of this length, on a clock that may run faster than the holder's. */
    long exclusion(long lease) {
        return (lease * exclusionPerMille + 999) / 1_000;
    }

    /** After which a voter that has lost its memory votes again: all it granted before has run out by then. */
    long quarantine() {
        return Math.max(exclusion(longestGrant), clockDifference);
    }

    /** How often a waiter tells the voters that it still waits; one silent three times as long loses its place. */
    long keepAlive(long lease) {
        return Math.max(1, lease / 3);
    }
}
