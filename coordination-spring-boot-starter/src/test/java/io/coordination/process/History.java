package io.coordination.process;

import io.coordination.lock.FencingToken;
import io.coordination.process.Line.Kind;
import io.coordination.test.FencedMutexHistory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What all instances have said, and what is wrong with it. Between two checks it remembers everything; beyond, what can still
 * matter. Safe for any thread.
 */
final class History {

    private final Map<String, TreeMap<Long, Hold>> seats = new TreeMap<>();
    private final Map<String, Map<Kind, Long>> latest = new HashMap<>();
    private final Map<String, Long> latestHeld = new HashMap<>();
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private final Map<String, Long> accepted = new HashMap<>();
    private final Map<String, Line> refusals = new HashMap<>();
    private final Map<String, Run> lastHolders = new HashMap<>();
    private final Set<String> violations = new LinkedHashSet<>();
    private long handOvers;

    synchronized void heard(Run run, Line line) {
        counts.merge(line.kind(), 1L, Long::sum);
        latest.computeIfAbsent(run.node, node -> new EnumMap<>(Kind.class)).put(line.kind(), line.at());
        boolean ofLease = line.token() != 0;
        if (ofLease && line.isHeld() && line.kind() != Kind.RELEASED) {
            latestHeld.merge(run.node, line.at(), Math::max);
        }
        if (line.kind() == Kind.REFUSED) {
            refusals.put(run.node, line);
        }
        if (line.kind() == Kind.BROKEN) {
            violations.add(run + " is broken: " + line.words());
        } else if (line.kind() == Kind.GRANTED) {
            granted(run, line);
        } else if (ofLease) {
            heardOfLease(run, line);
        }
    }

    private void granted(Run run, Line line) {
        Hold hold = new Hold(run, line);
        Hold twin = seats.computeIfAbsent(line.seat(), seat -> new TreeMap<>()).putIfAbsent(line.token(), hold);
        if (twin != null) {
            violations.add("Seat " + line.seat() + ": one token twice: " + twin + "; and " + hold);
        }
        Run before = lastHolders.put(line.seat(), run);
        if (before != null && before != run) {
            handOvers++;
        }
    }

    private void heardOfLease(Run run, Line line) {
        if (line.kind() == Kind.ACCEPTED) {
            accepted.merge(run.toString(), 1L, Long::sum);
        }
        Hold hold = hold(line.seat(), line.token());
        if (hold == null || hold.run != run) {
            // A loss may be reported when everything else has been said
            if (line.kind() != Kind.LOST) {
                violations.add(run + " speaks of a lease that it was not granted: " + line);
            }
        } else if (hold.heard(line)) {
            violations.add("Seat " + line.seat() + ": refused by the guard, and held all the same: " + hold);
        }
    }

    /** Looks for what is wrong with what was said since the last time, together with what can still matter of before. */
    void check(Journal journal) {
        long now = System.nanoTime();
        journal.check(this, accepted());
        checkLeases(now);
    }

    private synchronized Map<String, Long> accepted() {
        return Map.copyOf(accepted);
    }

    synchronized void checkLeases(long journalChecked) {
        seats.forEach((seat, holds) -> {
            checkTokens(seat, holds);
            checkHolders(seat, holds);
            forget(holds, journalChecked);
        });
    }

    private void checkTokens(String seat, TreeMap<Long, Hold> holds) {
        FencedMutexHistory mutex = new FencedMutexHistory();
        for (Hold hold : holds.values()) {
            FencingToken token = new FencingToken(hold.token);
            mutex.granted(token, hold.asked, hold.granted);
            Line released = hold.released();
            if (released != null) {
                mutex.released(token, released.began(), released.at());
            }
        }
        String objection = mutex.objection();
        if (objection != null) {
            violations.add("Seat " + seat + ": no mutex with rising tokens does this: " + objection);
        }
    }

    private void checkHolders(String seat, TreeMap<Long, Hold> holds) {
        List<Hold> inTime = new ArrayList<>(holds.values());
        inTime.removeIf(hold -> !hold.wasEverHeld());
        inTime.sort(Comparator.comparingLong(hold -> hold.granted));
        Hold longest = null;
        for (Hold hold : inTime) {
            if (longest != null && longest.end() > hold.granted) {
                violations.add(
                        "Seat " + seat + ": two holders, each by its own judgement: " + longest + "; and " + hold);
            }
            if (longest == null || hold.end() > longest.end()) {
                longest = hold;
            }
        }
    }

    /** All but the latest, and what may overlap with something of which not all is known yet. */
    private static void forget(TreeMap<Long, Hold> holds, long journalChecked) {
        long oldestOpen = Long.MAX_VALUE;
        for (Hold hold : holds.values()) {
            if (!hold.wasOver(journalChecked)) {
                oldestOpen = Math.min(oldestOpen, hold.asked);
            }
        }
        long from = oldestOpen;
        long last = holds.isEmpty() ? 0 : holds.lastKey();
        holds.values()
                .removeIf(hold ->
                        hold.token != last && hold.wasOver(journalChecked) && hold.granted < from && hold.end() < from);
    }

    // ---- what was said

    synchronized @Nullable Hold hold(String seat, long token) {
        TreeMap<Long, Hold> holds = seats.get(seat);
        return holds == null ? null : holds.get(token);
    }

    /** The lease that came after one of the same seat. */
    synchronized Optional<Hold> after(String seat, long token) {
        TreeMap<Long, Hold> holds = seats.getOrDefault(seat, new TreeMap<>());
        return Optional.ofNullable(holds.higherEntry(token)).map(Map.Entry::getValue);
    }

    /** Whether a node has said something of this kind about a time after that one. */
    synchronized boolean hasSaid(String node, Kind kind, long since) {
        return latest.getOrDefault(node, Map.of()).getOrDefault(kind, Long.MIN_VALUE) > since;
    }

    /** The last lease that a node asked for in vain, if it began to ask after that time. */
    synchronized Optional<Line> refusal(String node, long since) {
        return Optional.ofNullable(refusals.get(node)).filter(line -> line.began() > since);
    }

    /** When a node last found that it held anything. */
    synchronized long lastHeld(String node) {
        return latestHeld.getOrDefault(node, Long.MIN_VALUE);
    }

    /** How many leases it remembers. */
    synchronized int size() {
        return seats.values().stream().mapToInt(TreeMap::size).sum();
    }

    synchronized long count(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    synchronized void violated(String what) {
        violations.add(what);
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized String summary() {
        return count(Kind.GRANTED) + " grants, " + handOvers + " to another process than the one before; "
                + count(Kind.ACCEPTED) + " writes accepted, " + count(Kind.REJECTED) + " rejected, "
                + count(Kind.FAILED) + " failed; " + count(Kind.LOST) + " leases lost, " + count(Kind.REFUSED)
                + " acquisitions refused";
    }
}
