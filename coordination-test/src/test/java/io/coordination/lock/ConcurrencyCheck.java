package io.coordination.lock;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;

/**
 * Runs random scenarios of a subject on several threads and looks for a sequence of the calls that explains what they
 * returned. {@code -Dlincheck.iterations=N} runs N scenarios each in place of the few of the default build, {@code
 * -Dlincheck.invocations=N} runs each scenario N times.
 */
final class ConcurrencyCheck {

    private static final int ITERATIONS = Integer.getInteger("lincheck.iterations", 0);
    private static final int INVOCATIONS = Integer.getInteger("lincheck.invocations", 0);

    /**
     * Between whose steps threads are not switched when models are checked: the log, the clock of the subjects, and values.
     * What happens between two accesses to an immutable object tells nobody anything; leaving them out is what makes the check
     * affordable.
     */
    private static final Set<Class<?>> VALUES = Set.of(
            Resource.class,
            FencingToken.class,
            LockOptions.class,
            LeaseRequest.class,
            Ticket.class,
            Holder.class,
            ManualWorld.class);

    private static final Map<String, Boolean> IGNORED = new ConcurrentHashMap<>();

    private ConcurrencyCheck() {}

    /** Real threads: what the memory model and the scheduler of this machine let happen. */
    static void stress(Class<?> subject, Class<?> specification, int iterations) {
        check(new StressOptions(), subject, specification, iterations, 200);
    }

    /** One thread at a time, switched at every access to shared memory: other interleavings in every run of a scenario. */
    static void modelCheck(Class<?> subject, Class<?> specification, int iterations) {
        ModelCheckingOptions options = new ModelCheckingOptions();
        options.addGuarantee(ManagedStrategyGuaranteeKt.forClasses(ConcurrencyCheck::isIgnored)
                .allMethods()
                .ignore());
        check(options, subject, specification, iterations, 50);
    }

    private static void check(
            Options<?, ?> options, Class<?> subject, Class<?> specification, int iterations, int invocations) {
        options.threads(2);
        options.actorsPerThread(3);
        options.actorsBefore(0);
        options.actorsAfter(1);
        options.minimizeFailedScenario(false);
        options.iterations(ITERATIONS == 0 ? iterations : ITERATIONS);
        options.invocationsPerIteration(INVOCATIONS == 0 ? invocations : INVOCATIONS);
        options.sequentialSpecification(specification);
        options.check(subject);
    }

    private static boolean isIgnored(String className) {
        return IGNORED.computeIfAbsent(
                className,
                name -> name.startsWith("org.slf4j.")
                        || name.startsWith("ch.qos.logback.")
                        || name.startsWith("java.time.")
                        || VALUES.stream().anyMatch(value -> value.getName().equals(name)));
    }
}
