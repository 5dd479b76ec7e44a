package io.coordination.peer;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** From a long to an int that is not negative, in two arrays. */
final class LongMap {

    static final int NONE = -1;

    private long[] keys = new long[1 << 10];
    private int[] values = new int[1 << 10];
    private int size;

    LongMap() {
        Arrays.fill(values, NONE);
    }

    int get(long key) {
        return values[place(key)];
    }

    void put(long key, int value) {
        int place = place(key);
        if (values[place] == NONE && ++size > keys.length / 2) {
            grow();
            place = place(key);
        }
        keys[place] = key;
        values[place] = value;
    }

    /** What was found out about this pair, which is found out once. */
    boolean remembered(int one, int other, BooleanSupplier look) {
        long key = (long) one << 32 | other;
        int known = get(key);
        if (known == NONE) {
            known = look.getAsBoolean() ? 1 : 0;
            put(key, known);
        }
        return known == 1;
    }

    /** In no particular order. */
    LongStream keys() {
        return IntStream.range(0, keys.length)
                .filter(place -> values[place] != NONE)
                .mapToLong(place -> keys[place]);
    }

    private int place(long key) {
        int mask = keys.length - 1;
        long mixed = (key ^ key >>> 32) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        int place = (int) (mixed >>> 32) & mask;
        while (values[place] != NONE && keys[place] != key) {
            place = place + 1 & mask;
        }
        return place;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[2 * oldKeys.length];
        values = new int[2 * oldKeys.length];
        Arrays.fill(values, NONE);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != NONE) {
                int place = place(oldKeys[i]);
                keys[place] = oldKeys[i];
                values[place] = oldValues[i];
            }
        }
    }
}
