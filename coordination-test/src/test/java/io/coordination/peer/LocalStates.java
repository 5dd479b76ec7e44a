package io.coordination.peer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The states that one node can be in, and what an event makes of each. A node does what it does because of its state, the event
 * and the time alone: so each step is done once, with the real {@link PeerNode} in the state that a first history of events
 * has led to, and remembered.
 */
final class LocalStates {

    // Events that are no message; a message is its number.
    static final int TICK = -1;
    static final int WANT = -2;
    static final int RELEASE = -3;
    static final int RENEW = -4;
    static final int RESTART = -5;

    /** These in words, in this order. */
    static final List<String> EVENTS = List.of("has a tick", "wants", "releases", "renews", "restarts");

    /** The state before anything has happened. */
    static final int FIRST = 0;

    static final int[] NOTHING = {};

    private static final int FIRST_EVENT = 8;
    private static final int EVENT_BITS = 20;
    private static final int TICK_BITS = 8;

    /**
     * What an event makes of a state; equal ones are the same.
     *
     * @param number of its own
     * @param next the state, the same one if nothing changes
     * @param sent the numbers of the envelopes that it sends
     */
    @SuppressWarnings("ArrayRecordComponent") // there are many of them
    record Step(int number, int next, int[] sent) {

        boolean isNothing(int state) {
            return next == state && sent.length == 0;
        }
    }

    /** A state as it is remembered: how it was reached first, and what is to be seen of it. */
    private record Known(
            int before, int event, int tick, long heldAt, long base, long tenure, boolean isIn, boolean hasRestarted) {}

    private final String name;
    private final ExploreBounds bounds;
    private final Rules rules;
    private final Envelopes envelopes;
    private final Map<Digest.Value, Integer> numbers = new HashMap<>();
    private final List<Known> known = new ArrayList<>();

    /** Of states that were reached in several ways, the last one: state before, event, tick. */
    private final Map<Integer, int[]> otherWays = new HashMap<>();

    private final LongMap stepsOf = new LongMap();
    private final Map<List<Integer>, Integer> stepNumbers = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final LongMap renamed = new LongMap();
    private @Nullable LiveNode latest;
    private int latestState;

    LocalStates(String name, ExploreBounds bounds, Rules rules, Envelopes envelopes) {
        this.name = name;
        this.bounds = bounds;
        this.rules = rules;
        this.envelopes = envelopes;
        number(fresh(), -1, TICK, 0);
    }

    /** Null if it cannot happen in this state, or is beyond the bounds. */
    @Nullable
    Step step(int state, int event, int tick) {
        long key = ((long) state << TICK_BITS | tick) << EVENT_BITS | event + FIRST_EVENT;
        int place = stepsOf.get(key);
        if (place == LongMap.NONE) {
            place = take(state, event, tick);
            stepsOf.put(key, place);
        }
        return place == 0 ? null : steps.get(place - 1);
    }

    /**
     * The state in which it is when voters have other names: the same has happened, with these names. Nodes do not care for
     * names of voters, but for the order in which they are gone through; no message depends on it.
     */
    int renamed(int state, int renaming) {
        if (state == FIRST || renaming == Envelopes.SAME) {
            return state;
        }
        long key = (long) state << 3 | renaming;
        int known = renamed.get(key);
        if (known == LongMap.NONE) {
            Known one = this.known.get(state);
            int event = one.event < 0 ? one.event : envelopes.renamed(one.event, renaming);
            Step step = step(renamed(one.before, renaming), event, one.tick);
            if (step == null) {
                throw new IllegalStateException("what " + name + " does depends on the names of voters");
            }
            known = step.next();
            renamed.put(key, known);
        }
        return known;
    }

    // ---- what is seen of a state

    boolean isHeld(int state, int tick) {
        return (known.get(state).heldAt >> tick & 1) != 0;
    }

    /** Of the tenure or of what is asked for. */
    long base(int state) {
        return known.get(state).base;
    }

    /** Tells one turn of holding from another; 0 if it was never held. */
    long tenure(int state) {
        return known.get(state).tenure;
    }

    boolean isIn(int state) {
        return known.get(state).isIn;
    }

    boolean hasRestarted(int state) {
        return known.get(state).hasRestarted;
    }

    /** How many states are of a voter that has lost its memory and votes again. */
    long cameIn() {
        return known.stream().filter(one -> one.isIn && one.hasRestarted).count();
    }

    int size() {
        return known.size();
    }

    /**
     * States with the same fingerprint should be the same. So for each that was reached in two ways, what it was asked for after the
     * one is done after the other as well.
     *
     * @return how many steps were compared
     */
    int compareWays() {
        int[] compared = {0};
        stepsOf.keys().forEach(key -> {
            int event = (int) (key & (1 << EVENT_BITS) - 1) - FIRST_EVENT;
            int tick = (int) (key >> EVENT_BITS & (1 << TICK_BITS) - 1);
            int state = (int) (key >> EVENT_BITS + TICK_BITS);
            int[] way = otherWays.get(state);
            if (way != null && way[2] <= tick) {
                LiveNode live = live(way[0]);
                live.apply(way[1], way[2]);
                live.takeSent();
                boolean happens = live.apply(event, tick);
                Step step = step(state, event, tick);
                compared[0]++;
                if (happens != (step != null)
                        || step != null
                                && (numbers.getOrDefault(live.digest(), -1) != step.next()
                                        || !Arrays.equals(live.takeSent(), step.sent()))) {
                    throw new PeerViolation("two states of " + name
                            + " that look the same are not: one before and after " + inWords(state)
                            + ", the other after " + inWords(way[0]) + ", " + way[1] + ", then " + event);
                }
            }
        });
        return compared[0];
    }

    private List<Integer> inWords(int state) {
        List<Integer> events = new ArrayList<>();
        for (int at = state; at != FIRST; at = known.get(at).before) {
            events.add(0, known.get(at).event);
        }
        return events;
    }

    // ---- steps

    private int take(int state, int event, int tick) {
        LiveNode live = latest != null && latestState == state ? latest : live(state);
        latest = null;
        live.takeSent();
        if (!live.apply(event, tick)) {
            return 0;
        }
        int next = number(live, state, event, tick);
        // Most events change nothing: then it can be asked for the next one without going through its history again.
        latest = live;
        latestState = next;
        List<Integer> key = new ArrayList<>(List.of(next));
        Arrays.stream(live.takeSent()).forEach(key::add);
        return stepNumbers.computeIfAbsent(key, it -> {
            int[] sent = it.stream().skip(1).mapToInt(Integer::intValue).toArray();
            steps.add(new Step(steps.size(), next, sent));
            return steps.size();
        });
    }

    private LiveNode live(int state) {
        LiveNode live = fresh();
        Deque<Known> history = new ArrayDeque<>();
        for (int at = state; at != FIRST; at = known.get(at).before) {
            history.push(known.get(at));
        }
        history.forEach(one -> live.apply(one.event, one.tick));
        live.takeSent();
        return live;
    }

    private LiveNode fresh() {
        return new LiveNode(name, bounds, rules, envelopes);
    }

    private int number(LiveNode live, int before, int event, int tick) {
        Digest.Value digest = live.digest();
        Integer number = numbers.putIfAbsent(digest, known.size());
        if (number == null) {
            known.add(new Known(
                    before, event, tick, live.heldAt(), live.base(), live.tenure(), live.isIn(), live.hasRestarted()));
            return known.size() - 1;
        }
        if (number != before && number != FIRST) {
            otherWays.put(number, new int[] {before, event, tick});
        }
        return number;
    }
}
