package io.coordination.benchmarks;

import io.coordination.benchmarks.annotation.AnnotationBenchmark;
import io.coordination.benchmarks.lock.LockBenchmark;
import io.coordination.benchmarks.report.Setting;
import io.coordination.benchmarks.report.Subject;
import io.coordination.benchmarks.report.Suite;
import java.util.List;

/** What is compared with what. */
final class Suites {

    private static final List<Subject> LOCKS = List.of(
            lock("reentrantLockFair", "`ReentrantLock`, fair, striped (reference)"),
            lock("reentrantLockUnfair", "`ReentrantLock`, unfair, striped"),
            lock("defaultLockRegistry", "`DefaultLockRegistry`"),
            lock("lease", "**lease**"));

    private static final String WHAT_THE_OTHERS_LACK =
            "A `ReentrantLock` has no lease, token, holder, bound on the wait, or observer. It is here as the limit of the machine.";

    private Suites() {}

    static List<Suite> all() {
        return List.of(
                new Suite(
                        "uncontended",
                        "A lock that nobody else wants, taken and given back",
                        LOCKS,
                        List.of(
                                new Setting("One thread, one name", 1, 1),
                                new Setting("One thread, 1,024 names", 1, 1024)),
                        List.of(WHAT_THE_OTHERS_LACK)),
                new Suite(
                        "contended",
                        "A lock that several threads want, taken and given back",
                        LOCKS,
                        List.of(
                                new Setting("2 threads, one name", 2, 1),
                                new Setting("8 threads, one name", 8, 1),
                                new Setting("32 threads, one name", 32, 1),
                                new Setting("2 threads, 1,024 names", 2, 1024),
                                new Setting("8 threads, 1,024 names", 8, 1024),
                                new Setting("32 threads, 1,024 names", 32, 1024)),
                        List.of(
                                WHAT_THE_OTHERS_LACK,
                                "Time is that of all threads together: the run divided by all operations in it.",
                                "Leases are granted in the order in which they were asked for, as by a fair lock. An unfair lock, and the"
                                        + " registry, which is made of such, let the running thread take the lock again"
                                        + " before the one that waits has woken: fewer switches, and no bound on who waits how long.",
                                "The locks of the 1,024 names share 256 locks in all but the lease.")),
                new Suite(
                        "annotation",
                        "A call of an annotated method",
                        List.of(
                                annotation("bare", "the method without annotation", "bare"),
                                annotation("code", "acquire and release from code (reference)", "code"),
                                annotation("withLock", "**`@WithLock`**", "code"),
                                annotation("lock4j", "`@Lock4j`, one entry in a map", "code"),
                                annotation("shedLock", "`@SchedulerLock`, one entry in a map", "code"),
                                annotation(
                                        "codeWithKey",
                                        "acquire and release with a key from code (reference)",
                                        "codeWithKey"),
                                annotation("withLockAndKey", "**`@WithLock`** with a SpEL key", "codeWithKey"),
                                annotation("lock4jWithKey", "`@Lock4j` with a SpEL key", "codeWithKey"),
                                annotation("shedLockWithKey", "`@SchedulerLock` with SpEL in its name", "codeWithKey")),
                        List.of(new Setting("One thread", 1, 0)),
                        List.of(
                                "Meters and history are on, for the code as well.",
                                "What is beneath the annotations of the peers is one entry in a `ConcurrentHashMap` and no more:"
                                        + " no expiry, no waiting. Their times are those of the annotation alone.")));
    }

    private static Subject lock(String method, String label) {
        return new Subject(LockBenchmark.class, method, label, "reentrantLockFair");
    }

    private static Subject annotation(String method, String label, String reference) {
        return new Subject(AnnotationBenchmark.class, method, label, reference);
    }
}
