package io.coordination.peer;

import io.coordination.peer.LocalStates.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Explorer} does, without leaving out anything: every state of all five nodes, with every set of messages sent. For
 * narrow bounds, to compare.
 */
final class PlainExplorer {

    private static final int COUNT = 5;
    private static final int VOTERS = 2;

    /**
     * @param nodes the states of p, q, a, b, c
     * @param token the highest base that was held
     */
    private record State(int tick, List<Integer> nodes, BitSet sent, long token) {}

    private final ExploreBounds bounds;
    private final Envelopes envelopes;
    private final List<LocalStates> nodes = new ArrayList<>();
    private final Set<State> known = new HashSet<>();
    private final ArrayDeque<State> open = new ArrayDeque<>();
    private final Set<List<Long>> seen = new HashSet<>();
    private @Nullable String violation;

    PlainExplorer(ExploreBounds bounds, Rules rules) {
        this.bounds = bounds;
        this.envelopes = new Envelopes(bounds.group().fingerprint());
        for (String name : ExploreBounds.REQUESTERS) {
            nodes.add(new LocalStates(name, bounds, rules, envelopes));
        }
        for (String name : ExploreBounds.VOTERS) {
            // Where voters wait, each may restart once; where one reads, it is the first.
            boolean restarts = bounds.way() == Recovery.Way.WAIT || name.equals("a");
            nodes.add(new LocalStates(name, restarts ? bounds : bounds.withCrashes(0), rules, envelopes));
        }
    }

    void run() {
        add(new State(0, List.of(0, 0, 0, 0, 0), new BitSet(), 0));
        while (!open.isEmpty() && violation == null) {
            goFrom(open.pop());
        }
    }

    int states() {
        return known.size();
    }

    /** As {@link Explored#pairs}. */
    long pairs() {
        return known.stream()
                .map(state -> List.of(state.tick, state.nodes.get(0), state.nodes.get(1)))
                .distinct()
                .count();
    }

    /** As {@link Explored#seen}. */
    Set<List<Long>> seen() {
        return seen;
    }

    @Nullable
    String violation() {
        return violation;
    }

    private void goFrom(State state) {
        for (int who = 0; who < COUNT; who++) {
            for (int event = LocalStates.RESTART; event <= LocalStates.TICK; event++) {
                happens(state, who, event);
            }
            for (int message = state.sent.nextSetBit(0); message >= 0; message = state.sent.nextSetBit(message + 1)) {
                boolean isTo = who < VOTERS
                        ? envelopes.isToRequester(message, who)
                        : envelopes.isToVoter(message, who - VOTERS);
                if (isTo) {
                    happens(state, who, message);
                }
            }
        }
        if (state.tick < bounds.ticks()) {
            add(new State(state.tick + 1, state.nodes, state.sent, state.token));
        }
    }

    private void happens(State state, int who, int event) {
        LocalStates node = nodes.get(who);
        int before = state.nodes.get(who);
        Step step = node.step(before, event, state.tick);
        if (step == null || step.isNothing(before)) {
            return;
        }
        List<Integer> next = new ArrayList<>(state.nodes);
        next.set(who, step.next());
        BitSet sent = (BitSet) state.sent.clone();
        for (int one : step.sent()) {
            sent.set(one);
        }
        long token = state.token;
        if (node.isHeld(step.next(), state.tick) && node.tenure(step.next()) != node.tenure(before)) {
            long base = node.base(step.next()) - ExploreBounds.at(0).micros();
            if (base <= token) {
                violation = "the token does not rise";
            }
            token = Math.max(token, base);
        }
        add(new State(state.tick, List.copyOf(next), sent, token));
    }

    private void add(State state) {
        if (!known.add(state)) {
            return;
        }
        long p = held(state, 0);
        long q = held(state, 1);
        if (p != 0 && q != 0) {
            violation = "two holders";
        }
        seen.add(List.of((long) state.tick, p, q, state.token));
        open.push(state);
    }

    private long held(State state, int who) {
        LocalStates node = nodes.get(who);
        int local = state.nodes.get(who);
        return node.isHeld(local, state.tick) ? node.base(local) : 0;
    }
}
