package io.coordination.benchmarks.peers;

import io.coordination.benchmarks.peers.Locks.Client;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/** Clients, each on a thread of its own, that take one of several locks and give it back at once, again and again. */
final class Load {

    private static final double NANOS_PER_SECOND = 1e9;

    private final List<? extends Client> clients;
    private final String[] names;

    Load(List<? extends Client> clients, int names) {
        this.clients = clients;
        this.names = new String[names];
        for (int i = 0; i < names; i++) {
            this.names[i] = i == 0 ? Contest.NAME : Contest.NAME + "-" + i;
        }
    }

    Trial run(Duration length) throws Exception {
        List<Latencies> taking = new ArrayList<>();
        List<Latencies> giving = new ArrayList<>();
        List<Future<?>> ends = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(clients.size());
        long start = System.nanoTime();
        try {
            for (Client client : clients) {
                Latencies take = new Latencies();
                Latencies give = new Latencies();
                taking.add(take);
                giving.add(give);
                ends.add(threads.submit(() -> {
                    turns(client, start + length.toNanos(), take, give);
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        } finally {
            threads.shutdownNow();
        }
        return Trial.of((System.nanoTime() - start) / NANOS_PER_SECOND, taking, giving);
    }

    private void turns(Client client, long end, Latencies take, Latencies give) throws Exception {
        long released = System.nanoTime();
        do {
            long began = released;
            client.take(
                    names.length == 1
                            ? names[0]
                            : names[ThreadLocalRandom.current().nextInt(names.length)]);
            long taken = System.nanoTime();
            client.giveBack();
            released = System.nanoTime();
            take.add(taken - began);
            give.add(released - taken);
        } while (released - end < 0);
    }
}
