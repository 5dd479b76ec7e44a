package io.coordination.benchmarks.report;

import io.coordination.benchmarks.report.Rounds.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs a suite and makes its page: each figure beside its ratio to a reference of the same run. */
public final class Comparison {

    private static final List<String> COLUMNS =
            List.of("", "ns per operation", "times the reference", "ns more than the reference", "bytes per operation");

    private final Rounds rounds;

    /** So many rounds, in forks of ten iterations of this many milliseconds. */
    public Comparison(int rounds, long millis) {
        this.rounds = new Rounds(rounds, TimeValue.milliseconds(millis));
    }

    public Page run(Suite suite) throws RunnerException {
        Page page = new Page(suite.question());
        page.list(suite.notes());
        for (Setting setting : suite.settings()) {
            page.table(setting.label(), COLUMNS, rows(suite.subjects(), rounds.measure(suite.subjects(), setting)));
        }
        return page;
    }

    private static List<List<String>> rows(List<Subject> subjects, Map<Subject, Measured> measured) {
        List<List<String>> rows = new ArrayList<>();
        for (Subject subject : subjects) {
            Measured own = Objects.requireNonNull(measured.get(subject));
            Measured reference = Objects.requireNonNull(measured.get(reference(subject, subjects)));
            rows.add(List.of(
                    subject.label(),
                    Spread.of(own.nanos).inWords(),
                    pairs(own, reference, true).inWords(),
                    pairs(own, reference, false).inWords(),
                    Spread.number(Spread.of(own.bytes).median())));
        }
        return rows;
    }

    /** Of each round by itself, as its forks ran next to each other. */
    private static Spread pairs(Measured own, Measured reference, boolean ratio) {
        List<Double> all = new ArrayList<>();
        for (int round = 0; round < own.nanos.size(); round++) {
            double mine = own.nanos.get(round);
            double theirs = reference.nanos.get(round);
            all.add(ratio ? mine / theirs : mine - theirs);
        }
        return Spread.of(all);
    }

    private static Subject reference(Subject subject, List<Subject> subjects) {
        return subjects.stream()
                .filter(other -> other.method().equals(subject.reference()))
                .findFirst()
                .orElseThrow();
    }
}
