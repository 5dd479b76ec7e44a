package io.coordination.peer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Sets of envelopes that one node has sent, numbered. */
final class SentSets {

    static final int EMPTY = 0;

    @SuppressWarnings("ArrayRecordComponent") // there are many of them
    private record Bits(long[] words) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Bits bits && Arrays.equals(words, bits.words);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(words);
        }
    }

    private final Map<Bits, Integer> numbers = new HashMap<>();
    private final List<long[]> sets = new ArrayList<>();
    private final Map<Integer, Integer> bitOf = new HashMap<>();
    private final List<Integer> envelopes = new ArrayList<>();
    private final LongMap unions = new LongMap();
    private final LongMap inclusions = new LongMap();

    SentSets() {
        number(new long[0]);
    }

    /** @param step what adds these, under a number of its own */
    int with(int set, int step, int[] more) {
        if (more.length == 0) {
            return set;
        }
        long key = (long) set << 32 | step;
        int union = unions.get(key);
        if (union == LongMap.NONE) {
            union = number(with(sets.get(set), Arrays.stream(more)));
            unions.put(key, union);
        }
        return union;
    }

    boolean contains(int set, int envelope) {
        Integer bit = bitOf.get(envelope);
        long[] words = sets.get(set);
        return bit != null && bit / 64 < words.length && (words[bit / 64] >> bit % 64 & 1) != 0;
    }

    boolean includes(int set, int other) {
        return set == other
                || other == EMPTY
                || inclusions.remembered(set, other, () -> looksIncluded(sets.get(other), sets.get(set)));
    }

    /** The envelopes that are in any of these. */
    int[] all(IntStream some) {
        long[] union = new long[bitOf.size() / 64 + 1];
        some.distinct().forEach(set -> {
            long[] words = sets.get(set);
            for (int i = 0; i < words.length; i++) {
                union[i] |= words[i];
            }
        });
        return IntStream.range(0, envelopes.size())
                .filter(bit -> (union[bit / 64] >> bit % 64 & 1) != 0)
                .map(envelopes::get)
                .sorted()
                .toArray();
    }

    private static boolean looksIncluded(long[] less, long[] more) {
        for (int i = 0; i < less.length; i++) {
            if ((less[i] & ~(i < more.length ? more[i] : 0)) != 0) {
                return false;
            }
        }
        return true;
    }

    private long[] with(long[] words, IntStream more) {
        int[] bits = more.map(this::bit).toArray();
        int highest = Arrays.stream(bits).max().orElse(0);
        long[] union = Arrays.copyOf(words, Math.max(words.length, highest / 64 + 1));
        for (int bit : bits) {
            union[bit / 64] |= 1L << bit % 64;
        }
        return union;
    }

    private int number(long[] words) {
        Integer number = numbers.putIfAbsent(new Bits(words), sets.size());
        if (number == null) {
            sets.add(words);
            return sets.size() - 1;
        }
        return number;
    }

    private int bit(int envelope) {
        Integer bit = bitOf.putIfAbsent(envelope, envelopes.size());
        if (bit == null) {
            envelopes.add(envelope);
            return envelopes.size() - 1;
        }
        return bit;
    }
}
