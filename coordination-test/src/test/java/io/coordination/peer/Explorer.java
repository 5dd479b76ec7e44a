package io.coordination.peer;

import io.coordination.peer.Deeds.Deed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Goes through everything that three voters and two requesters can come to within {@link ExploreBounds}, tick by tick, and looks
 * for two that hold, and for a token that does not rise. Messages arrive in any order, at any time, any number of times, or never.
 *
 * <p>Of two rows with the same states of the requesters, one is left out if whatever can become of it can become of the other:
 * see {@link Ensemble#covers}. So are rows that differ in the names of voters only.
 */
final class Explorer {

    /** How to leave out what need not be looked at; the tests compare. */
    enum Reduction {
        /** Nothing but rows that others cover. */
        NONE,
        /** No rows for silent events. */
        SILENT,
        /** And voters without names. */
        ALL
    }

    // What is kept of a row beside itself.
    private static final int NEXT = Ensemble.WIDTH;
    private static final int PARENT = NEXT + 1;
    private static final int WHO = NEXT + 2;
    private static final int EVENTS = NEXT + 3;
    private static final int RENAMING = NEXT + 4;
    private static final int WIDTH = NEXT + 5;

    private static final int END = -1;
    private static final int COVERED = -2;

    private static final int TIME = -1;

    private static final int[][] NOTHING = {};

    private final Ensemble all;
    private final ExploreBounds bounds;
    private final Reduction reduction;
    private final Deeds deeds;
    private final Rows rows = new Rows(WIDTH);
    private final List<int[][]> events = new ArrayList<>();
    private final Set<List<Long>> seen = new HashSet<>();

    /** The rows of this tick, by the states of the nodes that have a number of their own. */
    private LongMap index = new LongMap();

    private final List<Integer> heads = new ArrayList<>();
    private int tick;
    private long pairs;
    private long kept;
    private double states;
    private long deedCount;
    private long grants;
    private long handOvers;
    private long losses;
    private long holding;
    private long ended;
    private @Nullable String violation;

    Explorer(ExploreBounds bounds, Rules rules, Reduction reduction) {
        this.bounds = bounds;
        this.all = new Ensemble(bounds, rules);
        this.reduction = reduction;
        this.deeds = new Deeds(all, reduction == Reduction.NONE);
    }

    Explored run() {
        add(all.first(), END, TIME, NOTHING);
        int begin = 0;
        boolean complete = false;
        while (goThrough(begin)) {
            int end = rows.size();
            count(begin, end);
            if (tick == bounds.ticks()) {
                complete = true;
                break;
            }
            tick++;
            index = new LongMap();
            heads.clear();
            for (int row = begin; row < end && violation == null; row++) {
                if (rows.get(row, NEXT) != COVERED) {
                    add(all.afterTick(row(row)), row, TIME, NOTHING);
                }
            }
            begin = end;
        }
        List<String> path = violation == null ? List.of() : path();
        return new Explored(
                rows.size(),
                pairs,
                kept,
                states,
                deedCount,
                grants,
                handOvers,
                losses,
                holding,
                ended,
                all.node(Ensemble.REBORN).cameIn(),
                all.nodeStates(),
                seen,
                complete,
                violation,
                path);
    }

    /** Compares, for the nodes, what follows from states that look the same; how many steps were compared. */
    long compareWays() {
        return (long) all.node(0).compareWays()
                + all.node(1).compareWays()
                + all.node(Ensemble.REBORN).compareWays();
    }

    private boolean goThrough(int begin) {
        for (int number = begin; number < rows.size() && violation == null; number++) {
            if (rows.get(number, NEXT) != COVERED) {
                goFrom(number);
            }
        }
        return violation == null;
    }

    private void goFrom(int number) {
        int[] row = row(number);
        for (int who = 0; who <= Ensemble.REBORN; who++) {
            if (who == Ensemble.REBORN && row[who] == Ensemble.NONE) {
                int[] restarted = all.afterRestart(row, tick);
                if (restarted != null) {
                    add(restarted, number, who, new int[][] {{LocalStates.RESTART}});
                }
                return;
            }
            for (Deed deed : deeds.of(who, row, tick)) {
                done(deed, number, who);
            }
        }
    }

    private void done(Deed deed, int number, int who) {
        if (violation != null) {
            return;
        }
        int[] row = deed.row();
        if (deed.heldBase() != 0) {
            grants++;
            handOvers += row[Ensemble.HELD_BY] == 2 - who ? 1 : 0;
            int token = (int) (deed.heldBase() - ExploreBounds.at(0).micros());
            if (token <= row[Ensemble.TOKEN]) {
                violation = "the token does not rise";
            }
            row[Ensemble.TOKEN] = Math.max(token, row[Ensemble.TOKEN]);
            row[Ensemble.HELD_BY] = who + 1;
        }
        losses += deed.lost() ? 1 : 0;
        add(row, number, who, deed.events());
    }

    private void add(int[] found, int parent, int who, int[][] what) {
        deedCount++;
        if (holds(found, 0) && holds(found, 1)) {
            violation = "two holders";
        }
        int renaming = reduction == Reduction.ALL ? least(found) : Envelopes.SAME;
        int[] row = all.renamed(found, renaming);
        int head = head(row);
        if (violation == null && isCovered(row, head)) {
            return;
        }
        int[] longer = Arrays.copyOf(row, WIDTH);
        longer[NEXT] = heads.get(head);
        longer[PARENT] = parent;
        longer[WHO] = who;
        longer[EVENTS] = events.size();
        longer[RENAMING] = renaming;
        events.add(what);
        heads.set(head, rows.add(longer));
    }

    private boolean holds(int[] row, int which) {
        return all.node(which).isHeld(row[Ensemble.REQUESTER + which], tick);
    }

    /** By which renaming the numbers are least. */
    private int least(int[] row) {
        int least = Envelopes.SAME;
        int[] best = row;
        for (int renaming = 1; renaming < all.renamings(); renaming++) {
            int[] other = all.renamed(row, renaming);
            if (Arrays.compare(other, best) < 0) {
                best = other;
                least = renaming;
            }
        }
        return least;
    }

    private int head(int[] row) {
        long key = ((long) row[0] << 22 | row[1]) << 20 | row[Ensemble.REBORN] + 1;
        int head = index.get(key);
        if (head == LongMap.NONE) {
            head = heads.size();
            index.put(key, head);
            heads.add(END);
        }
        return head;
    }

    /** Whether another covers it; those that it covers are left out from now on. */
    private boolean isCovered(int[] row, int head) {
        int before = END;
        int at = heads.get(head);
        while (at != END) {
            int after = rows.get(at, NEXT);
            int[] other = row(at);
            if (all.covers(other, row)) {
                return true;
            }
            if (all.covers(row, other)) {
                if (before == END) {
                    heads.set(head, after);
                } else {
                    rows.set(before, NEXT, after);
                }
                rows.set(at, NEXT, COVERED);
            } else {
                before = at;
            }
            at = after;
        }
        return false;
    }

    private void count(int begin, int end) {
        pairs += heads.size();
        for (int number = begin; number < end; number++) {
            if (rows.get(number, NEXT) != COVERED) {
                int[] row = row(number);
                kept++;
                states += all.combinations(row);
                holding += holds(row, 0) || holds(row, 1) ? 1 : 0;
                ended += hasEnded(row, 0) || hasEnded(row, 1) ? 1 : 0;
                seen.add(List.of((long) tick, base(row, 0), base(row, 1), (long) row[Ensemble.TOKEN]));
            }
        }
    }

    private boolean hasEnded(int[] row, int which) {
        return all.node(which).tenure(row[which]) != 0 && !holds(row, which);
    }

    private long base(int[] row, int which) {
        return holds(row, which) ? all.node(which).base(row[which]) : 0;
    }

    private int[] row(int number) {
        int[] row = new int[Ensemble.WIDTH];
        rows.copy(number, row);
        return row;
    }

    /** What happened, under the names of the first row; what voters do by themselves follows from what arrives. */
    private List<String> path() {
        List<Integer> way = new ArrayList<>();
        for (int at = rows.size() - 1; at != END; at = rows.get(at, PARENT)) {
            way.add(0, at);
        }
        List<String> words = new ArrayList<>();
        int naming = Envelopes.SAME;
        int time = 0;
        for (int at : way.subList(1, way.size())) {
            int who = rows.get(at, WHO);
            if (who == TIME) {
                words.add("tick " + ++time);
            }
            for (int[] event : events.get(rows.get(at, EVENTS))) {
                words.add(inWords(who, event[0], naming));
            }
            naming = Envelopes.composed(Envelopes.inverse(rows.get(at, RENAMING)), naming);
        }
        return words;
    }

    private String inWords(int who, int event, int naming) {
        String name = who == Ensemble.REBORN ? ExploreBounds.VOTERS.get(0) : ExploreBounds.REQUESTERS.get(who);
        if (event < 0) {
            return name + " " + LocalStates.EVENTS.get(-1 - event);
        }
        Envelope envelope = all.envelopes().get(all.envelopes().renamed(event, naming));
        return name + " gets from " + envelope.from() + " " + envelope.message();
    }
}
