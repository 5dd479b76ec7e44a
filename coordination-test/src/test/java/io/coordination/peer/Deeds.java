package io.coordination.peer;

import io.coordination.peer.LocalStates.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one node can do next in a row of the {@link Ensemble}.
 *
 * <p>A <em>silent</em> event is the arrival of a message, or a tick, after which the node says nothing and does not begin or end to hold.
 * It commutes with whatever others do: nothing that they do takes away a message, and they learn nothing of it. It commutes with
 * time as well if it leads to the same state a tick later, which is looked at. So it may as well happen right before the next event of
 * the same node that is not silent; and if it could as well happen after that one, which is looked at too, it may wait for longer
 * still. So no rows are kept for silent events: each deed is some of them, and one that is not silent. In none of the states left
 * out does anybody begin to hold, and in each of them who holds is the same as in the row before.
 *
 * <p>Messages of one voter that make the same of the node are one event: that any of them was sent.
 */
final class Deeds {

    /**
     * @param row what it leads to
     * @param events what happened, one after the other; of each, the messages that do the same
     * @param heldBase if the node holds since then, the base; else 0
     * @param lost whether it has lost what it held
     */
    @SuppressWarnings("ArrayRecordComponent") // there are many of them
    record Deed(int[] row, int[][] events, long heldBase, boolean lost) {}

    @SuppressWarnings("ArrayRecordComponent") // there are many of them
    private record Silent(int[] row, int[][] events) {}

    /** What makes the same of a node. */
    private record Event(int from, Step step, boolean isSilent, List<Integer> those) {}

    private final Ensemble all;
    private final boolean keepsSilent;
    private final List<Silent> silent = new ArrayList<>();

    /** By the state of the node. */
    private final Map<Integer, List<int[]>> silentRows = new HashMap<>();

    private List<Deed> deeds = new ArrayList<>();
    private LocalStates node;
    private int who;
    private int tick;

    /** @param keepsSilent whether each event is a deed of its own */
    Deeds(Ensemble all, boolean keepsSilent) {
        this.all = all;
        this.keepsSilent = keepsSilent;
        this.node = all.node(0);
    }

    List<Deed> of(int which, int[] row, int now) {
        who = which;
        node = all.node(which);
        tick = now;
        deeds = new ArrayList<>();
        silent.clear();
        silentRows.clear();
        silent.add(new Silent(row, new int[0][]));
        for (int i = 0; i < silent.size(); i++) {
            goOn(silent.get(i));
        }
        return deeds;
    }

    private void goOn(Silent at) {
        List<Event> events = new ArrayList<>();
        int local = at.row[who];
        for (int event = LocalStates.RENEW; event <= LocalStates.TICK; event++) {
            add(events, local, Ensemble.NONE, event);
        }
        for (int from = 0; from < ExploreBounds.VOTERS.size(); from++) {
            for (int message : all.messages(at.row, from, who)) {
                add(events, local, from, message);
            }
        }
        for (Event event : events) {
            happens(at, event);
        }
    }

    private void add(List<Event> events, int local, int from, int event) {
        Step step = node.step(local, event, tick);
        if (step == null || step.isNothing(local)) {
            return;
        }
        boolean isSilent = !keepsSilent && isSilent(local, step) && commutesWithTime(local, step, event);
        for (Event other : events) {
            if (from != Ensemble.NONE
                    && other.from == from
                    && other.step.number() == step.number()
                    && other.isSilent == isSilent) {
                other.those.add(event);
                return;
            }
        }
        events.add(new Event(from, step, isSilent, new ArrayList<>(List.of(event))));
    }

    private void happens(Silent at, Event event) {
        Step step = event.step;
        int[] those = event.those.stream().mapToInt(Integer::intValue).toArray();
        int[][] events = Arrays.copyOf(at.events, at.events.length + 1);
        events[at.events.length] = those;
        if (!event.isSilent && isLaterAsWell(silent.get(0).row[who], events, step)) {
            return;
        }
        int[] next = at.row.clone();
        next[who] = step.next();
        if (event.from != Ensemble.NONE) {
            all.arrived(next, event.from, those);
        }
        if (event.isSilent) {
            addSilent(next, events);
            return;
        }
        all.sent(next, step.sent());
        if (who == Ensemble.REBORN && node.isIn(step.next())) {
            all.comeIn(next);
        }
        long before = node.tenure(at.row[who]);
        long after = node.tenure(step.next());
        boolean lost = before != 0 && after == 0 && those[0] != LocalStates.RELEASE;
        deeds.add(new Deed(next, events, after != 0 && after != before ? node.base(step.next()) : 0, lost));
    }

    private void addSilent(int[] next, int[][] events) {
        List<int[]> same = silentRows.computeIfAbsent(next[who], none -> new ArrayList<>(1));
        for (int[] other : same) {
            if (all.coversVoters(other, next)) {
                return;
            }
        }
        same.add(next);
        silent.add(new Silent(next, events));
    }

    private boolean isSilent(int local, Step step) {
        return step.sent().length == 0
                && node.isIn(step.next()) == node.isIn(local)
                && node.tenure(step.next()) == node.tenure(local)
                && node.isHeld(step.next(), tick) == node.isHeld(local, tick);
    }

    private boolean commutesWithTime(int local, Step step, int event) {
        return tick == all.bounds().ticks() || isSame(step, node.step(local, event, tick + 1));
    }

    /** Whether one of the silent events before could as well happen after the one that is not. */
    private boolean isLaterAsWell(int first, int[][] events, Step step) {
        int last = events.length - 1;
        for (int left = 0; left < last; left++) {
            int local = withoutOne(first, events, left);
            Step deed = local == Ensemble.NONE ? null : step(local, events[last]);
            if (deed != null && Arrays.equals(deed.sent(), step.sent())) {
                Step after = step(deed.next(), events[left]);
                if (after != null && after.next() == step.next() && isSilent(deed.next(), after)) {
                    return true;
                }
            }
        }
        return false;
    }

    private int withoutOne(int first, int[][] events, int left) {
        int local = first;
        for (int i = 0; i < events.length - 1; i++) {
            if (i != left) {
                Step one = step(local, events[i]);
                if (one == null || !isSilent(local, one)) {
                    return Ensemble.NONE;
                }
                local = one.next();
            }
        }
        return local;
    }

    private static boolean isSame(Step one, @Nullable Step other) {
        return other != null && one.number() == other.number();
    }

    /** Null if they differ in what they do here. */
    private @Nullable Step step(int local, int[] those) {
        Step same = node.step(local, those[0], tick);
        for (int one : those) {
            if (same != null && !isSame(same, node.step(local, one, tick))) {
                return null;
            }
        }
        return same;
    }
}
