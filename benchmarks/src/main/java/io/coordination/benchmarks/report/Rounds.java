package io.coordination.benchmarks.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures subjects in turns: one fork of each, then the next round, so that a machine that grows slower or faster does so for
 * all of them.
 */
final class Rounds {

    private static final int WARM_UP = 5;

    /** What several threads do together is compiled later: after five iterations two threads were still ten times as slow. */
    private static final int WARM_UP_CONTENDED = 10;

    private final int rounds;
    private final TimeValue iteration;

    Rounds(int rounds, TimeValue iteration) {
        this.rounds = rounds;
        this.iteration = iteration;
    }

    /** What was measured of each subject, in nanoseconds and bytes for one operation. */
    Map<Subject, Measured> measure(List<Subject> subjects, Setting setting) throws RunnerException {
        Map<Subject, Measured> all = new HashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Subject subject : subjects) {
                RunResult result = fork(subject, setting);
                double nanos = result.getPrimaryResult().getScore() / setting.threads();
                Result<?> bytes =
                        Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"));
                Measured measured = all.computeIfAbsent(subject, first -> new Measured());
                measured.nanos.add(nanos);
                measured.bytes.add(bytes.getScore());
                System.out.printf(
                        "%s, round %d: %s %s ns%n", setting.label(), round + 1, subject.label(), Spread.number(nanos));
            }
        }
        return all;
    }

    private RunResult fork(Subject subject, Setting setting) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(subject.benchmark().getName().replace(".", "\\.") + "\\." + subject.method() + "$")
                .forks(1)
                .warmupIterations(setting.threads() > 1 ? WARM_UP_CONTENDED : WARM_UP)
                .warmupTime(iteration)
                .measurementIterations(5)
                .measurementTime(iteration)
                .threads(setting.threads())
                .addProfiler(GCProfiler.class)
                .jvmArgs("-Xms1g", "-Xmx1g")
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        if (setting.names() > 0) {
            options = options.param("names", Integer.toString(setting.names()));
        }
        Collection<RunResult> results = new Runner(options.build()).run();
        if (results.size() != 1) {
            throw new IllegalStateException("Not one benchmark but " + results.size() + " are called " + subject);
        }
        return results.iterator().next();
    }

    static final class Measured {
        final List<Double> nanos = new ArrayList<>();
        final List<Double> bytes = new ArrayList<>();
    }
}
