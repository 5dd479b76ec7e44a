package io.coordination.peer;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * What all members agree on: who votes, and the times by which votes are counted. A message from a member that sees any of it
 * differently is refused.
 *
 * @param voters the node ids whose majority grants, 1 to 15, sorted and without repeats
 * @param longestGrant the longest lease that a voter grants; longer ones live by renewal
 * @param maxClockDifference by how much the wall clocks of two members may differ; the order of tokens across restarts depends
 *     on it, exclusion never does
 * @param workersMayAsk whether members that do not vote may hold leases
 */
public record PeerGroup(
        List<String> voters, Duration longestGrant, Duration maxClockDifference, boolean workersMayAsk) {

    static final int MOST_VOTERS = 15;

    /** What is multiplied by a margin later stays far below the end of the range of nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(1);

    public PeerGroup {
        voters = List.copyOf(new TreeSet<>(Objects.requireNonNull(voters, "voters")));
        if (voters.isEmpty() || voters.size() > MOST_VOTERS) {
            throw new IllegalArgumentException("There are 1 to " + MOST_VOTERS + " voters, but there were "
                    + voters.size() + ". List 3 or 5 instances in coordination.peers.members; others can be workers.");
        }
        requireLength("longestGrant", longestGrant);
        requireLength("maxClockDifference", maxClockDifference);
    }

    /** The least number of voters of which any two sets share one. */
    public int quorum() {
        return voters.size() / 2 + 1;
    }

    /** So many voters that refuse keep a quorum from meeting, and so many that answer have met every quorum. */
    int blocking() {
        return voters.size() - quorum() + 1;
    }

    boolean isVoter(String node) {
        return voters.contains(node);
    }

    /** Differs, for all that matters, between groups that differ. */
    public long fingerprint() {
        long hash = 0xcbf29ce484222325L;
        for (char c : inWords().toCharArray()) {
            hash = (hash ^ c) * 0x100000001b3L;
        }
        return hash;
    }

    /** For people who have to find out in what two members differ. */
    public String inWords() {
        return "voters " + voters + ", longest grant " + longestGrant + ", clocks within " + maxClockDifference
                + (workersMayAsk ? ", workers may ask" : ", workers may not ask");
    }

    private static void requireLength(String what, Duration value) {
        if (Objects.requireNonNull(value, what).isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    what + " is longer than zero and at most " + LONGEST.toHours() + " hours, but was " + value + ".");
        }
    }
}
