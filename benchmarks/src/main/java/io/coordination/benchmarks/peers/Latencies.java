package io.coordination.benchmarks.peers;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** How long each of many calls took. Filled by one thread. */
final class Latencies {

    private static final double NANOS_PER_MICRO = 1_000;

    private long[] nanos = new long[1 << 12];
    private int count;

    void add(long one) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = one;
    }

    int count() {
        return count;
    }

    private LongStream all() {
        return Arrays.stream(nanos, 0, count);
    }

    /** Of all together, in microseconds, below which so much of them lies. */
    static double micros(List<Latencies> parts, double share) {
        long[] sorted = parts.stream().flatMapToLong(Latencies::all).sorted().toArray();
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * sorted.length))] / NANOS_PER_MICRO;
    }
}
