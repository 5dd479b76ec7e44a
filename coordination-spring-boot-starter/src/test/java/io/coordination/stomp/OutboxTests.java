package io.coordination.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutboxTests {

    private static ByteBuffer message(int number) {
        return ByteBuffer.allocate(4).putInt(0, number);
    }

    @Test
    void oneMessageIsSentAtATimeAndTheRestInOrder() {
        Queue<Runnable> inFlight = new ArrayDeque<>();
        List<Object> done = new ArrayList<>();
        Outbox outbox = new Outbox((message, text, sent) -> {
            done.add(message.getInt(0));
            inFlight.add(sent);
        });
        outbox.send(message(1), false);
        outbox.reply(message(2), true);
        outbox.run(() -> done.add("ran"));
        outbox.send(message(3), false);
        assertThat(done).containsExactly(1);
        assertThat(outbox.replies()).isEqualTo(1);
        inFlight.remove().run();
        assertThat(done).containsExactly(1, 2);
        inFlight.remove().run();
        assertThat(done).containsExactly(1, 2, "ran", 3);
        assertThat(outbox.replies()).isZero();
        assertThat(inFlight).hasSize(1);
    }

    @Test
    void sendsThatAreDoneAtOnceDoNotNest() {
        AtomicInteger sent = new AtomicInteger();
        Outbox outbox = new Outbox((message, text, done) -> {
            sent.incrementAndGet();
            done.run();
        });
        AtomicInteger left = new AtomicInteger(200_000);
        again(outbox, left);
        assertThat(sent).hasValue(200_000);
    }

    private static void again(Outbox outbox, AtomicInteger left) {
        if (left.getAndDecrement() > 0) {
            outbox.send(message(0), false);
            outbox.run(() -> again(outbox, left));
        }
    }

    @Test
    void sendersFromManyThreadsNeverMeetInTheLine() throws Exception {
        ExecutorService line = Executors.newFixedThreadPool(2);
        ExecutorService callers = Executors.newFixedThreadPool(4);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger sent = new AtomicInteger();
        Outbox outbox = new Outbox((message, text, done) -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            line.execute(() -> {
                inside.decrementAndGet();
                sent.incrementAndGet();
                done.run();
            });
        });
        for (int i = 0; i < 4; i++) {
            callers.execute(() -> {
                for (int n = 0; n < 5_000; n++) {
                    outbox.send(message(n), false);
                }
            });
        }
        callers.shutdown();
        assertThat(callers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        org.awaitility.Awaitility.await().until(() -> sent.get() == 20_000);
        line.shutdown();
        assertThat(most).hasValue(1);
    }
}
