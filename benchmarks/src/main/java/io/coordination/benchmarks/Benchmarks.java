package io.coordination.benchmarks;

import io.coordination.benchmarks.footprint.Footprint;
import io.coordination.benchmarks.peers.PeersSuite;
import io.coordination.benchmarks.report.Comparison;
import io.coordination.benchmarks.report.Page;
import io.coordination.benchmarks.report.Suite;
import io.coordination.benchmarks.startup.StartUp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Runs the benchmarks that are named, or all, and writes a page of results for each. System properties: {@code rounds}, how
 * often each subject is measured (3); {@code millis}, the length of one iteration (1000); {@code results}, the folder of the
 * pages.
 */
public final class Benchmarks {

    private interface Benchmark {
        Page run() throws Exception;
    }

    private Benchmarks() {}

    public static void main(String[] names) throws Exception {
        Map<String, Benchmark> all = all();
        List<String> wanted = names.length == 0 ? List.copyOf(all.keySet()) : List.of(names);
        if (!all.keySet().containsAll(wanted)) {
            System.err.println("There are " + all.keySet() + ", but asked for was " + wanted);
            System.exit(2);
        }
        Path results = Path.of(System.getProperty("results", "benchmarks/results"));
        for (String name : wanted) {
            Objects.requireNonNull(all.get(name)).run().writeTo(results.resolve(name + ".md"));
        }
    }

    private static Map<String, Benchmark> all() {
        int rounds = Integer.getInteger("rounds", 3);
        Comparison comparison = new Comparison(rounds, Long.getLong("millis", 1_000));
        Map<String, Benchmark> all = new LinkedHashMap<>();
        for (Suite suite : Suites.all()) {
            all.put(suite.name(), () -> comparison.run(suite));
        }
        all.put("footprint", Footprint::measure);
        all.put("startup", () -> StartUp.measure(5 * rounds));
        all.put("peers", () -> new PeersSuite(rounds, Duration.ofMillis(Long.getLong("millis", 1_000))).run());
        return all;
    }
}
