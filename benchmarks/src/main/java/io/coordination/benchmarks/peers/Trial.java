package io.coordination.benchmarks.peers;

import java.util.List;

/**
 * One subject in one setting in one round; times in microseconds.
 *
 * @param perSecond locks taken and given back
 */
record Trial(double perSecond, double take, double takeAtWorst, double giveBack, double giveBackAtWorst) {

    private static final double MIDDLE = 0.5;
    private static final double WORST = 0.99;

    static Trial of(double seconds, List<Latencies> taking, List<Latencies> giving) {
        int operations = taking.stream().mapToInt(Latencies::count).sum();
        return new Trial(
                operations / seconds,
                Latencies.micros(taking, MIDDLE),
                Latencies.micros(taking, WORST),
                Latencies.micros(giving, MIDDLE),
                Latencies.micros(giving, WORST));
    }
}
