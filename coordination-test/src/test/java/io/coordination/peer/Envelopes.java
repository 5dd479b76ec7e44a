package io.coordination.peer;

import io.coordination.ProcessId;
import io.coordination.peer.PeerMessage.Grant;
import io.coordination.peer.PeerMessage.Queued;
import io.coordination.peer.PeerMessage.Stale;
import io.coordination.peer.PeerMessage.Standing;
import io.coordination.peer.PeerMessage.State;
import io.coordination.peer.PeerMessage.Wanted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Numbers for envelopes, the same for those that are equal, and what they are when the voters change names. */
final class Envelopes {

    /** All ways to rename three voters; the first leaves them as they are. */
    private static final int[][] RENAMINGS = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {2, 1, 0}, {1, 2, 0}, {2, 0, 1}};

    static final int SAME = 0;

    /** How many there are; of those that leave the first voter as it is, {@link #KEEPING_FIRST}. */
    static final int ALL = RENAMINGS.length;

    static final int KEEPING_FIRST = 2;

    private static final List<String> NODES = List.of("p", "q", "a", "b", "c");
    private static final int FIRST_VOTER = 2;

    private final long fingerprint;
    private final Map<Envelope, Integer> numbers = new HashMap<>();
    private final List<Envelope> all = new ArrayList<>();
    private final List<Integer> to = new ArrayList<>();
    private final LongMap renamed = new LongMap();

    /** Everybody is in the same group. */
    Envelopes(long fingerprint) {
        this.fingerprint = fingerprint;
    }

    long fingerprint() {
        return fingerprint;
    }

    int number(Envelope envelope) {
        Integer known = numbers.putIfAbsent(envelope, all.size());
        if (known == null) {
            all.add(envelope);
            to.add(NODES.indexOf(envelope.to()));
            return all.size() - 1;
        }
        return known;
    }

    Envelope get(int number) {
        return all.get(number);
    }

    boolean isToRequester(int number, int which) {
        return to.get(number) == which;
    }

    boolean isToVoter(int number, int which) {
        return to.get(number) == FIRST_VOTER + which;
    }

    /** Without what nothing depends on, see {@link Digest}: it only goes into the answers to those who want. */
    static PeerMessage withoutAsides(PeerMessage message) {
        if (message instanceof Grant one) {
            return new Grant(one.resource(), one.echo(), one.standing(), one.base(), false);
        }
        if (message instanceof Queued one) {
            return new Queued(one.resource(), one.echo(), one.standing(), Duration.ZERO, null, one.behindEarlier());
        }
        return message;
    }

    // ---- other names

    static int renamedVoter(int which, int renaming) {
        return RENAMINGS[renaming][which];
    }

    /** The renaming that exchanges two. */
    static int exchange(int one, int other) {
        for (int i = 0; i < ALL; i++) {
            int third = 3 - one - other;
            if (RENAMINGS[i][one] == other && (one == other || RENAMINGS[i][third] == third)) {
                return one == other ? SAME : i;
            }
        }
        throw new IllegalArgumentException();
    }

    /** The renaming that does one and then the other. */
    static int composed(int first, int second) {
        for (int i = 0; i < ALL; i++) {
            boolean same = true;
            for (int which = 0; which < 3; which++) {
                same &= RENAMINGS[i][which] == RENAMINGS[second][RENAMINGS[first][which]];
            }
            if (same) {
                return i;
            }
        }
        throw new IllegalArgumentException();
    }

    static int inverse(int renaming) {
        for (int i = 0; i < ALL; i++) {
            if (composed(i, renaming) == SAME) {
                return i;
            }
        }
        throw new IllegalArgumentException();
    }

    int renamed(int number, int renaming) {
        if (renaming == SAME) {
            return number;
        }
        long key = (long) number << 3 | renaming;
        int known = renamed.get(key);
        if (known == LongMap.NONE) {
            Envelope one = all.get(number);
            known = number(new Envelope(
                    new ProcessId(
                            name(one.from().nodeId(), renaming), one.from().incarnation()),
                    name(one.to(), renaming),
                    one.incarnation(),
                    one.fingerprint(),
                    renamed(one.message(), renaming)));
            renamed.put(key, known);
        }
        return known;
    }

    private static PeerMessage renamed(PeerMessage message, int renaming) {
        if (message instanceof Grant one) {
            return new Grant(
                    one.resource(), one.echo(), renamed(one.standing(), renaming), one.base(), one.othersWait());
        }
        if (message instanceof Queued one) {
            return new Queued(
                    one.resource(),
                    one.echo(),
                    renamed(one.standing(), renaming),
                    one.remaining(),
                    one.holder(),
                    one.behindEarlier());
        }
        if (message instanceof Stale one) {
            return new Stale(one.resource(), one.echo(), renamed(one.standing(), renaming));
        }
        if (message instanceof Wanted one) {
            return new Wanted(one.resource(), one.echo(), renamed(one.standing(), renaming), one.head());
        }
        if (message instanceof State one) {
            return new State(
                    one.attempt(),
                    renamed(one.standing(), renaming),
                    one.recovering(),
                    one.coldVector(),
                    one.part(),
                    one.parts(),
                    one.leases());
        }
        return message;
    }

    private static Standing renamed(Standing standing, int renaming) {
        Map<String, Long> incarnations = new TreeMap<>();
        standing.incarnations().forEach((node, number) -> incarnations.put(name(node, renaming), number));
        return new Standing(Map.copyOf(incarnations), standing.floor());
    }

    private static String name(String node, int renaming) {
        int place = NODES.indexOf(node);
        return place < FIRST_VOTER ? node : NODES.get(FIRST_VOTER + RENAMINGS[renaming][place - FIRST_VOTER]);
    }
}
