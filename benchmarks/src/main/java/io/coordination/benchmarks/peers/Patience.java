package io.coordination.benchmarks.peers;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for something that comes soon. */
final class Patience {

    private static final Duration MOST = Duration.ofSeconds(60);

    private Patience() {}

    static void until(BooleanSupplier done, String what) throws InterruptedException {
        long end = System.nanoTime() + MOST.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("Waited in vain for " + MOST.toSeconds() + " s until " + what + ".");
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
