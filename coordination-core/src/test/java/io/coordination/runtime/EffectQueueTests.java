package io.coordination.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class EffectQueueTests {

    private static final int THREADS = 4;
    private static final int EFFECTS = 20_000;

    private final EffectQueue queue = new EffectQueue();

    @Test
    void effectsOfSeveralThreadsRunOneAtATimeAndInTheOrderOfEach() throws Exception {
        AtomicBoolean busy = new AtomicBoolean();
        AtomicBoolean overlapped = new AtomicBoolean();
        // Plain fields: that each effect sees what the one before wrote is part of what is promised.
        int[] lastOf = new int[THREADS];
        boolean[] outOfOrder = {false};
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int thread = t;
            threads.add(new Thread(() -> {
                awaitUninterruptibly(go);
                for (int i = 1; i <= EFFECTS; i++) {
                    int number = i;
                    queue.add(() -> {
                        overlapped.compareAndSet(false, !busy.compareAndSet(false, true));
                        outOfOrder[0] |= lastOf[thread] != number - 1;
                        lastOf[thread] = number;
                        busy.set(false);
                    });
                    queue.run();
                }
            }));
        }
        threads.forEach(Thread::start);
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(overlapped).isFalse();
        assertThat(outOfOrder[0]).isFalse();
        assertThat(lastOf).containsOnly(EFFECTS);
    }

    @Test
    void whatAnEffectAddsRunsAfterIt() {
        List<String> order = new ArrayList<>();
        queue.add(() -> {
            queue.add(() -> order.add("inner"));
            queue.run();
            order.add("outer");
        });
        queue.run();

        assertThat(order).containsExactly("outer", "inner");
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
