package io.coordination.test.simulation;

import static io.coordination.test.simulation.SimulatedCluster.LEASE;
import static io.coordination.test.simulation.SimulatedCluster.MILLIS;
import static io.coordination.test.simulation.SimulatedCluster.voter;
import static io.coordination.test.simulation.SimulatedCluster.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.lock.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several processes ask at once, and each voter hears of another one first. */
class PeerSplitTests {

    private static final Resource SEAT = Resource.of("seat", "A-12");

    private double latestFirst;
    private int mostMessages;

    /** Which of the askers each of three voters hears first: all of the possibilities. */
    @ParameterizedTest
    @CsvSource({
        "2, false, 2, 18",
        "2, true, 4, 23",
        "3, false, 4, 28",
        "3, true, 4, 21",
        "8, false, 4, 28",
        "8, true, 4, 27",
    })
    void everySplitHasItsFirstGrantWithinFourDelays(int askers, boolean votersAsk, int delays, int messages) {
        for (int split = 0; split < askers * askers * askers; split++) {
            SimulatedCluster cluster = SimulatedCluster.of(3, askers);
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= askers; i++) {
                names.add(votersAsk && i <= 3 ? voter(i) : worker(i));
            }
            int rest = split;
            for (int i = 1; i <= 3; i++) {
                cluster.sooner(names.get(rest % askers), voter(i), 1);
                rest /= askers;
            }
            decide(cluster, names);
        }
        assertThat(Math.ceil(latestFirst)).as("delays until the first grant").isEqualTo(delays);
        assertThat(mostMessages).as("messages for each acquisition").isEqualTo(messages);
    }

    /** Voters and workers, with wall clocks that differ; the order of arrival differs from voter to voter and in each direction. */
    @ParameterizedTest
    @CsvSource({"3, 0", "3, 500", "5, 0", "5, 500"})
    void alsoWhereClocksDifferAndFiveVote(int voters, int clocksMillis) {
        for (long seed = 0; seed < 160; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            SimulatedCluster cluster = new SimulatedCluster(voters);
            int askers = 2 + random.nextInt(7);
            List<String> all = new ArrayList<>();
            for (int i = 1; i <= voters; i++) {
                all.add(voter(i));
            }
            for (int i = 1; i <= askers; i++) {
                all.add(worker(i));
            }
            all.forEach(node -> cluster.start(node, random.nextInt(clocksMillis + 1)));
            cluster.comeIn();
            List<String> names = new ArrayList<>();
            for (int i = 0; i < askers; i++) {
                names.add(all.remove(random.nextInt(all.size())));
            }
            for (int i = 0; i < 4 * voters; i++) {
                String asker = names.get(random.nextInt(askers));
                String voter = voter(1 + random.nextInt(voters));
                cluster.sooner(asker, voter, random.nextInt(4));
                cluster.sooner(voter, asker, random.nextInt(4));
            }
            decide(cluster, names);
        }
        assertThat(Math.ceil(latestFirst)).as("delays until the first grant").isEqualTo(4);
        assertThat(mostMessages).as("messages for each acquisition").isLessThanOrEqualTo(13 * voters);
    }

    private void decide(SimulatedCluster cluster, List<String> names) {
        List<Want> wants = cluster.wantAll(names, SEAT);
        List<Want> open = new ArrayList<>(wants);
        cluster.passUntil(() -> open.stream().anyMatch(Want::isServed), LEASE.toNanos());
        double first = wants.stream().mapToDouble(Want::delays).min().orElseThrow();
        latestFirst = Math.max(latestFirst, first);
        while (!open.isEmpty()) {
            cluster.passUntil(() -> open.stream().anyMatch(Want::isServed), LEASE.toNanos());
            open.stream().filter(Want::isServed).forEach(want -> want.lease().close());
            open.removeIf(Want::isServed);
        }
        double last = wants.stream().mapToDouble(Want::delays).max().orElseThrow();
        assertThat(last).as("the last one, each giving it back at once").isLessThanOrEqualTo(4 + 2 * names.size());
        cluster.pass(100 * MILLIS);
        mostMessages = Math.max(mostMessages, (cluster.messages() + names.size() - 1) / names.size());
    }
}
