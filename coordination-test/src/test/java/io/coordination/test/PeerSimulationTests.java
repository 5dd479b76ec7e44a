package io.coordination.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.test.simulation.PeerSimulation;
import io.coordination.test.simulation.SimulationViolation;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PeerSimulationTests {

    private static final int SEEDS = 200;

    @Test
    void whateverGoesWrongOneHoldsAndAfterwardsEverybodyIsServed() {
        Map<String, Integer> counts = new TreeMap<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            PeerSimulation simulation = new PeerSimulation(seed, false);
            try {
                simulation.run();
            } catch (SimulationViolation violation) {
                throw new AssertionError(
                        "seed " + seed + ": " + violation.getMessage() + "\n" + traceOf(seed), violation);
            }
            simulation.counts().forEach((what, count) -> counts.merge(what, count, Integer::sum));
        }
        System.out.println(counts);
        assertThat(counts.get("grants")).isGreaterThan(SEEDS * 20);
        assertThat(counts.get("crashes")).isGreaterThan(SEEDS);
        assertThat(counts.get("lost")).isGreaterThan(SEEDS / 10);
    }

    @Test
    void theSameSeedGivesTheSameTrace() {
        for (long seed = 0; seed < 3; seed++) {
            assertThat(traceOf(seed)).isEqualTo(traceOf(seed));
        }
    }

    private static String traceOf(long seed) {
        PeerSimulation simulation = new PeerSimulation(seed, true);
        try {
            simulation.run();
        } catch (SimulationViolation violation) {
            return simulation.trace() + violation.getMessage();
        }
        return simulation.trace();
    }
}
