package io.coordination.benchmarks.report;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** The least, the middle and the greatest of several measurements. */
public record Spread(double least, double median, double greatest) {

    /** Of at least one value. */
    public static Spread of(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(sorted[0], median, Arrays.stream(sorted).max().orElseThrow());
    }

    /** The middle, and the others in brackets. */
    public String inWords() {
        return number(median) + " (" + number(least) + " to " + number(greatest) + ")";
    }

    /** With as many digits as a reader can use. */
    public static String number(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size < 10 ? "%.2f" : size < 100 ? "%.1f" : "%,.0f", value);
    }
}
