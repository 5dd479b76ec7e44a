package io.coordination.benchmarks.peers;

import io.coordination.benchmarks.peers.Locks.Client;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What three voters say to each other, all links and both directions together. */
final class Traffic {

    private static final double NANOS_PER_MINUTE = 60e9;

    /**
     * @param frames of STOMP
     * @param messages of WebSocket
     * @param bytes as TCP carries them
     */
    record Sum(double frames, double messages, double bytes) {

        Sum minus(Sum other) {
            return new Sum(frames - other.frames, messages - other.messages, bytes - other.bytes);
        }

        Sum times(double factor) {
            return new Sum(frames * factor, messages * factor, bytes * factor);
        }
    }

    private final CountingTransport.Counts counts = new CountingTransport.Counts();
    private final AtomicLong bytes = new AtomicLong();
    private final Duration length;

    /** @param length of the idle time, and of the load */
    Traffic(Duration length) {
        this.length = length;
    }

    /** Idle for a minute; for one acquisition and release by one client; and for one while eight want the same name. */
    List<Sum> measure() throws Exception {
        Voters voters = new Voters(inner -> new CountingTransport(inner, counts), port -> Relay.before(port, bytes));
        try {
            TimeUnit.SECONDS.sleep(1);
            long start = System.nanoTime();
            Sum before = now();
            TimeUnit.NANOSECONDS.sleep(length.toNanos());
            Sum idle = now().minus(before).times(NANOS_PER_MINUTE / (System.nanoTime() - start));
            return List.of(idle, perOperation(voters, 1, idle), perOperation(voters, 8, idle));
        } finally {
            voters.close();
        }
    }

    private Sum perOperation(Voters voters, int howMany, Sum idle) throws Exception {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < howMany; i++) {
            clients.add(voters.client(i % Locks.INSTANCES));
        }
        Load load = new Load(clients, 1);
        load.run(Duration.ofMillis(200));
        long start = System.nanoTime();
        Sum before = now();
        Trial trial = load.run(length.dividedBy(10));
        double minutes = (System.nanoTime() - start) / NANOS_PER_MINUTE;
        Sum all = now().minus(before).minus(idle.times(minutes));
        return all.times(1 / (trial.perSecond() * minutes * 60));
    }

    private Sum now() throws IOException {
        return new Sum(counts.frames.get(), counts.messages.get(), bytes.get());
    }
}
