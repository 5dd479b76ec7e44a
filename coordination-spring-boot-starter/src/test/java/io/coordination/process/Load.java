package io.coordination.process;

import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.Lease;
import io.coordination.lock.LeaseLostException;
import io.coordination.lock.LockNotAcquiredException;
import io.coordination.lock.Resource;
import io.coordination.process.Line.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;

/** Threads that take leases on seats, write under them, and give them back, from when the instance is ready until it stops. */
class Load implements SmartLifecycle, ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

    static final String NAME = "seat";
    static final int SEATS = 4;

    /** The first comes by the annotation, the last takes its time. */
    private static final int WORKERS = 3;

    private static final int LONG_ONE_IN = 10;

    private final DistributedLockManager locks;
    private final BoxOffice boxOffice;
    private final Ledger ledger;
    private final Voice voice;
    private final long seed;
    private final List<Thread> workers = new ArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean running;

    Load(DistributedLockManager locks, BoxOffice boxOffice, Ledger ledger, Voice voice, long seed) {
        this.locks = locks;
        this.boxOffice = boxOffice;
        this.ledger = ledger;
        this.voice = voice;
        this.seed = seed;
    }

    @Override
    public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
        if (event.getState() == ReadinessState.ACCEPTING_TRAFFIC && workers.isEmpty()) {
            voice.say(Kind.READY, "ready");
            for (int i = 0; i < WORKERS; i++) {
                Random random = new Random(seed + i);
                boolean annotated = i == 0;
                boolean slow = i == WORKERS - 1;
                Thread worker = new Thread(() -> work(annotated, slow, random), "worker-" + i);
                workers.add(worker);
                worker.start();
            }
        }
    }

    private void work(boolean annotated, boolean slow, Random random) {
        try {
            while (!pause(random.nextInt(40))) {
                String seat = String.valueOf(random.nextInt(SEATS));
                int hold = slow ? slowHold(random) : random.nextInt(20);
                long asked = System.nanoTime();
                try {
                    if (annotated) {
                        sell(seat, hold, asked);
                    } else {
                        acquire(seat, hold, asked);
                    }
                } catch (LockNotAcquiredException refused) {
                    long now = System.nanoTime();
                    voice.say(new Line(Kind.REFUSED, seat, 0, asked, now, now, refused.reason() + " " + refused));
                }
            }
        } catch (InterruptedException | RuntimeException broken) {
            voice.say(Kind.BROKEN, Thread.currentThread().getName() + " has failed: " + broken);
        }
    }

    /** Long enough for a fault to meet it, and sometimes for renewals. */
    private static int slowHold(Random random) {
        return random.nextInt(LONG_ONE_IN) == 0 ? 1_000 + random.nextInt(1_000) : 50 + random.nextInt(400);
    }

    private void acquire(String seat, int hold, long asked) throws InterruptedException {
        Lease lease = locks.acquire(Resource.of(NAME, seat));
        Turn turn = new Turn(voice, ledger, lease, asked, "acquired");
        spend(turn, hold);
        turn.release();
    }

    private void sell(String seat, int hold, long asked) {
        AtomicReference<Turn> made = new AtomicReference<>();
        long[] began = {asked};
        try {
            boxOffice.sell(seat, lease -> {
                Turn turn = new Turn(voice, ledger, lease, asked, "annotated");
                made.set(turn);
                spend(turn, hold);
                began[0] = turn.ending();
            });
        } catch (LeaseLostException lost) {
            // Said by the listener of the turn
        } finally {
            Turn turn = made.get();
            if (turn != null) {
                turn.ended(began[0]);
            }
        }
    }

    private void spend(Turn turn, int hold) {
        turn.begin();
        pause(hold / 2);
        turn.write();
        pause(hold / 2);
        turn.look();
    }

    /** Returns early, and true, when the instance stops. */
    private boolean pause(int millis) {
        try {
            return stopped.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody interrupts workers.", e);
        }
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        stopped.countDown();
        for (Thread worker : workers) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
