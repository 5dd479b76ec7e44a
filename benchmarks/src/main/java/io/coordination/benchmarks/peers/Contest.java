package io.coordination.benchmarks.peers;

import io.coordination.benchmarks.peers.Locks.Client;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All subjects side by side in this JVM: in each round each of them in turn, so that a machine that grows slower does so for all.
 * Those whose turn it is not are idle.
 */
final class Contest implements Closeable {

    static final String NAME = "seat";

    private static final int CLIENTS = 8;
    private static final int TURNS = 200;

    /** Iterations before the first round: a lease takes twice as long until about ten seconds of it have been compiled. */
    private static final int WARM_UP = 10;

    private final int rounds;
    private final Duration iteration;
    private final Map<Contestant, Locks> subjects = new LinkedHashMap<>();
    private final Map<Contestant, List<Client>> clients = new HashMap<>();

    /** Starts them all. */
    Contest(int rounds, Duration iteration) throws Exception {
        this.rounds = rounds;
        this.iteration = iteration;
        for (Contestant contestant : Contestant.values()) {
            Locks locks = contestant.start();
            subjects.put(contestant, locks);
            List<Client> own = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                own.add(locks.client(i % Locks.INSTANCES));
            }
            clients.put(contestant, own);
        }
    }

    /** In each round, what each has done. */
    Map<Contestant, List<Trial>> load(int howMany, int names) throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            for (Contestant contestant : subjects.keySet()) {
                new Load(of(contestant).subList(0, howMany), names).run(iteration);
            }
        }
        Map<Contestant, List<Trial>> all = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Contestant contestant : subjects.keySet()) {
                Trial trial = new Load(of(contestant).subList(0, howMany), names).run(iteration.multipliedBy(3));
                all.computeIfAbsent(contestant, first -> new ArrayList<>()).add(trial);
                System.out.println(howMany + " clients, " + names + " names: " + contestant + " " + trial);
            }
        }
        return all;
    }

    /** In each round, how long each took from one instance to another; of the limit, a round trip after as long a pause. */
    Map<Contestant, List<Latencies>> handOver() throws Exception {
        Map<Contestant, List<Latencies>> all = new LinkedHashMap<>();
        for (int round = 0; round <= rounds; round++) {
            for (Contestant contestant : subjects.keySet()) {
                List<Client> two = of(contestant).subList(0, 2);
                Latencies latencies = contestant == Contestant.LIMIT
                        ? HandOver.alone(two.get(0), TURNS)
                        : new HandOver(two, TURNS).run();
                if (round > 0) {
                    all.computeIfAbsent(contestant, first -> new ArrayList<>()).add(latencies);
                }
            }
        }
        return all;
    }

    private List<Client> of(Contestant contestant) {
        return clients.getOrDefault(contestant, List.of());
    }

    @Override
    public void close() throws IOException {
        for (Locks locks : subjects.values()) {
            locks.close();
        }
    }
}
