package io.coordination.process;

import io.coordination.channel.Channel;
import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.Lease;
import io.coordination.lock.LockNotAcquiredException;
import io.coordination.lock.LockOptions;
import io.coordination.lock.Resource;
import io.coordination.process.Line.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What whoever started the instance tells it on its standard input: {@code hold SEAT} acquires a lease and keeps it through
 * {@code write} until {@code release}; {@code links} asks how it sees the others.
 */
final class Orders {

    static final String WORDS = "ordered";

    private static final long LOOK = 50;

    private final DistributedLockManager locks;
    private final Channel channel;
    private final Ledger ledger;
    private final Voice voice;
    private final LinkedBlockingQueue<String> forHolder = new LinkedBlockingQueue<>();

    Orders(DistributedLockManager locks, Channel channel, Ledger ledger, Voice voice) {
        this.locks = locks;
        this.channel = channel;
        this.ledger = ledger;
        this.voice = voice;
    }

    /** Returns when whoever gives orders has gone. */
    void obey(InputStream in) throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] words = order.split(" ", 2);
            switch (words[0]) {
                case "hold" -> new Thread(() -> hold(words[1]), "holder").start();
                case "write", "release" -> forHolder.add(words[0]);
                case "links" -> voice.say(Kind.LINKS, links());
                default -> voice.say(Kind.BROKEN, "There is no order " + order);
            }
        }
    }

    private String links() {
        return channel.members().stream()
                .map(member -> member.node() + "=" + member.state())
                .collect(Collectors.joining(" "));
    }

    private void hold(String seat) {
        long asked = System.nanoTime();
        Resource resource = Resource.of(Load.NAME, seat);
        try {
            Lease lease = locks.acquire(resource, LockOptions.defaults().withWaitAtMost(Duration.ofSeconds(30)));
            Turn turn = new Turn(voice, ledger, lease, asked, WORDS);
            turn.begin();
            String order = null;
            while (!"release".equals(order)) {
                order = forHolder.poll(LOOK, TimeUnit.MILLISECONDS);
                if (order == null) {
                    turn.look();
                } else if (order.equals("write")) {
                    turn.write();
                }
            }
            turn.release();
        } catch (LockNotAcquiredException | InterruptedException e) {
            voice.say(Kind.BROKEN, "The order to hold " + seat + " cannot be obeyed: " + e);
        }
    }
}
