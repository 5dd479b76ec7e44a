package io.coordination.benchmarks.peers;

import io.coordination.benchmarks.peers.Locks.Client;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Two clients of different instances that hand a lock to each other: one waits for it before the other gives it back. */
final class HandOver {

    /** Until a waiter has come to where it waits, and everything else has come to rest. */
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final List<? extends Client> two;
    private final int turns;
    private final Latencies latencies = new Latencies();
    private final List<Semaphore> mayAsk = List.of(new Semaphore(0), new Semaphore(0));
    private volatile long calledAt;

    HandOver(List<? extends Client> two, int turns) {
        this.two = two;
        this.turns = turns;
    }

    /** From the call that gives back until the call that takes returns at the other. */
    Latencies run() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> first = threads.submit(() -> turns(0));
            Future<?> second = threads.submit(() -> turns(1));
            first.get();
            second.get();
        } finally {
            threads.shutdownNow();
        }
        return latencies;
    }

    private @org.jspecify.annotations.Nullable Void turns(int own) throws Exception {
        Client client = two.get(own);
        if (own == 0) {
            client.take(Contest.NAME);
        }
        for (int turn = 0; turn < turns; turn++) {
            if (turn % 2 == own) {
                mayAsk.get(1 - own).release();
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
                calledAt = System.nanoTime();
                client.giveBack();
            } else {
                mayAsk.get(own).acquire();
                client.take(Contest.NAME);
                latencies.add(System.nanoTime() - calledAt);
            }
        }
        if (turns % 2 == own) {
            client.giveBack();
        }
        return null;
    }

    /** What a single call takes that comes after the same pause. */
    static Latencies alone(Client client, int turns) throws Exception {
        Latencies latencies = new Latencies();
        for (int turn = 0; turn < turns; turn++) {
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            long called = System.nanoTime();
            client.take(Contest.NAME);
            latencies.add(System.nanoTime() - called);
            client.giveBack();
        }
        return latencies;
    }
}
