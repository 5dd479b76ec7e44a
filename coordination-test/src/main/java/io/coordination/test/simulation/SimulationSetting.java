package io.coordination.test.simulation;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What a run is about, drawn from its seed.
 *
 * @param voters how many vote at the beginning
 * @param workers how many members never vote
 * @param faultsPerGrant how many faults there are in the length of a lease
 * @param loss which part of the messages is lost
 * @param delayMillis how long a message typically takes
 * @param dataDirectories whether voters store a ceiling of their tokens
 * @param rollouts whether the list of voters changes
 * @param fresh whether voters that all start anew vote at once
 * @param injected what is not guaranteed and happens all the same; null in most runs
 */
record SimulationSetting(
        int voters,
        int workers,
        int faultsPerGrant,
        double loss,
        double doubling,
        int delayMillis,
        boolean dataDirectories,
        boolean rollouts,
        boolean fresh,
        @Nullable Exemption injected) {

    static SimulationSetting draw(SplittableRandom random) {
        Exemption injected = random.nextInt(5) == 0
                ? List.of(Exemption.values()).get(random.nextInt(Exemption.values().length))
                : null;
        boolean fresh = injected == Exemption.FRESH_WITH_SURVIVOR || injected == null && random.nextInt(8) == 0;
        boolean rollouts = !fresh && random.nextInt(3) == 0;
        return new SimulationSetting(
                !rollouts && random.nextInt(3) == 0 ? 5 : 3,
                fresh ? 0 : 1 + random.nextInt(3),
                random.nextInt(4),
                random.nextInt(3) == 0 ? 0.3 * random.nextDouble() : 0.02 * random.nextDouble(),
                0.1 * random.nextDouble(),
                1 + random.nextInt(20),
                random.nextInt(2) == 0,
                rollouts,
                fresh,
                injected);
    }

    boolean injects(Exemption exemption) {
        return injected == exemption;
    }
}
