package io.coordination.peer;

import io.coordination.peer.LocalStates.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Everything that one voter can have done by now. Voters hear and tell nothing but what others tell and hear from them: what one
 * does, in which order, and what it leaves for later, is independent of what the others do, but for what those it talks with
 * have sent it and received of it. So instead of one state at a time, each set here has all states that the voter can be in, with
 * what it has sent; it is narrowed when something that it has sent arrives, to the states in which that was sent.
 *
 * <p>Of two that differ in what was sent only, the one that has sent less is left out: it can do nothing that the other cannot.
 * Messages are never lost here for good, so what was sent more need never arrive.
 */
final class VoterSets {

    /** @param inputs what was sent to the voter ever; sorted */
    @SuppressWarnings("ArrayRecordComponent") // there are many of them
    private record Value(int tick, boolean gone, int[] inputs, long[] states) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Value value
                    && tick == value.tick
                    && gone == value.gone
                    && Arrays.equals(inputs, value.inputs)
                    && Arrays.equals(states, value.states);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(states) + Arrays.hashCode(inputs) + tick;
        }
    }

    /** What a voter is in that is no more, but whose messages may still arrive. */
    private static final int GONE = Integer.MAX_VALUE;

    private final LocalStates voter;
    private final boolean restarts;
    private final SentSets sent = new SentSets();
    private final Map<Value, Integer> numbers = new HashMap<>();
    private final List<Value> sets = new ArrayList<>();
    private final List<int[]> messages = new ArrayList<>();
    private final Map<List<Integer>, Integer> additions = new HashMap<>();
    private final Map<List<Integer>, Integer> filtered = new HashMap<>();
    private final LongMap ticked = new LongMap();
    private final LongMap restarted = new LongMap();
    private final LongMap cameIn = new LongMap();
    private final LongMap covers = new LongMap();

    /** @param restarts whether the voter may lose its memory by itself */
    VoterSets(LocalStates voter, boolean restarts) {
        this.voter = voter;
        this.restarts = restarts;
    }

    int first() {
        return closed(0, LocalStates.NOTHING, new long[] {state(LocalStates.FIRST, SentSets.EMPTY)});
    }

    /** More is sent to it. */
    int add(int set, int[] more) {
        List<Integer> key = key(set, more);
        Integer result = additions.get(key);
        if (result == null) {
            Value value = sets.get(set);
            int[] inputs = IntStream.concat(Arrays.stream(value.inputs), Arrays.stream(more))
                    .sorted()
                    .distinct()
                    .toArray();
            result = value.gone
                    ? number(new Value(value.tick, true, inputs, value.states))
                    : closed(value.tick, inputs, value.states);
            additions.put(key, result);
        }
        return result;
    }

    /** One of these was sent by it, as is seen. */
    int filter(int set, int[] envelopes) {
        List<Integer> key = key(set, envelopes);
        Integer result = filtered.get(key);
        if (result == null) {
            Value value = sets.get(set);
            long[] left = Arrays.stream(value.states)
                    .filter(state -> Arrays.stream(envelopes).anyMatch(one -> sent.contains(sentOf(state), one)))
                    .toArray();
            result = number(new Value(value.tick, value.gone, value.inputs, left));
            filtered.put(key, result);
        }
        return result;
    }

    int tick(int set) {
        int result = ticked.get(set);
        if (result == LongMap.NONE) {
            Value value = sets.get(set);
            result = value.gone
                    ? number(new Value(value.tick + 1, true, value.inputs, value.states))
                    : closed(value.tick + 1, value.inputs, value.states);
            ticked.put(set, result);
        }
        return result;
    }

    /** What it has sent stays, and what was sent to it; it itself is no more. */
    int restart(int set) {
        int result = restarted.get(set);
        if (result == LongMap.NONE) {
            Value value = sets.get(set);
            Maximal maximal = new Maximal();
            for (long state : value.states) {
                maximal.add(GONE, sentOf(state));
            }
            result = number(new Value(value.tick, true, value.inputs, maximal.states()));
            restarted.put(set, result);
        }
        return result;
    }

    /** A successor in this state takes its place. */
    int comeIn(int set, int local) {
        long key = (long) set << 32 | local;
        int result = cameIn.get(key);
        if (result == LongMap.NONE) {
            Value value = sets.get(set);
            long[] states = Arrays.stream(value.states)
                    .map(state -> state(local, sentOf(state)))
                    .toArray();
            result = closed(value.tick, value.inputs, states);
            cameIn.put(key, result);
        }
        return result;
    }

    // ---- what is seen

    /** The envelopes that it may have sent. */
    int[] messages(int set) {
        return messages.get(set);
    }

    boolean hasRestarted(int set) {
        int local = localOf(sets.get(set).states[0]);
        return local == GONE || voter.hasRestarted(local);
    }

    /** In how many states it can be. */
    int states(int set) {
        return sets.get(set).states.length;
    }

    int size() {
        return sets.size();
    }

    /** Whether whatever can become of the other set can become of this one. */
    boolean covers(int set, int other) {
        return set == other || covers.remembered(set, other, () -> looksCovered(sets.get(other), sets.get(set)));
    }

    // ---- steps

    private boolean looksCovered(Value less, Value more) {
        if (less.gone != more.gone || less.tick != more.tick || !isSubset(less.inputs, more.inputs)) {
            return false;
        }
        int from = 0;
        for (long state : less.states) {
            int local = localOf(state);
            while (from < more.states.length && localOf(more.states[from]) < local) {
                from++;
            }
            boolean found = false;
            for (int i = from; !found && i < more.states.length && localOf(more.states[i]) == local; i++) {
                found = sent.includes(sentOf(more.states[i]), sentOf(state));
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    private static List<Integer> key(int set, int[] envelopes) {
        List<Integer> key = new ArrayList<>(1 + envelopes.length);
        key.add(set);
        for (int one : envelopes) {
            key.add(one);
        }
        return key;
    }

    private static boolean isSubset(int[] less, int[] more) {
        int at = 0;
        for (int one : less) {
            while (at < more.length && more[at] < one) {
                at++;
            }
            if (at == more.length || more[at] != one) {
                return false;
            }
        }
        return true;
    }

    /** With everything that can happen at this time. */
    private int closed(int tick, int[] inputs, long[] states) {
        Maximal maximal = new Maximal();
        for (long state : states) {
            maximal.add(localOf(state), sentOf(state));
        }
        while (!maximal.open.isEmpty()) {
            long state = maximal.open.pop();
            if (maximal.isIn(state)) {
                for (int input : inputs) {
                    happens(maximal, state, input, tick);
                }
                happens(maximal, state, LocalStates.TICK, tick);
                if (restarts) {
                    happens(maximal, state, LocalStates.RESTART, tick);
                }
            }
        }
        return number(new Value(tick, false, inputs, maximal.states()));
    }

    private void happens(Maximal maximal, long state, int event, int tick) {
        int local = localOf(state);
        Step step = voter.step(local, event, tick);
        if (step != null && !step.isNothing(local)) {
            maximal.add(step.next(), sent.with(sentOf(state), step.number(), step.sent()));
        }
    }

    private int number(Value value) {
        Integer number = numbers.putIfAbsent(value, sets.size());
        if (number == null) {
            sets.add(value);
            messages.add(sent.all(Arrays.stream(value.states).mapToInt(VoterSets::sentOf)));
            return sets.size() - 1;
        }
        return number;
    }

    private static long state(int local, int sent) {
        return (long) local << 32 | sent;
    }

    private static int localOf(long state) {
        return (int) (state >>> 32);
    }

    private static int sentOf(long state) {
        return (int) state;
    }

    /** For each state of the voter, the largest sets of what it has sent. */
    private final class Maximal {

        private final Map<Integer, List<Integer>> sentBy = new HashMap<>();
        private final ArrayDeque<Long> open = new ArrayDeque<>();

        void add(int local, int more) {
            List<Integer> known = sentBy.computeIfAbsent(local, none -> new ArrayList<>(1));
            for (int one : known) {
                if (sent.includes(one, more)) {
                    return;
                }
            }
            known.removeIf(one -> sent.includes(more, one));
            known.add(more);
            open.push(state(local, more));
        }

        boolean isIn(long state) {
            return sentBy.getOrDefault(localOf(state), List.of()).contains(sentOf(state));
        }

        long[] states() {
            return sentBy.entrySet().stream()
                    .flatMapToLong(entry -> entry.getValue().stream().mapToLong(one -> state(entry.getKey(), one)))
                    .sorted()
                    .toArray();
        }
    }
}
