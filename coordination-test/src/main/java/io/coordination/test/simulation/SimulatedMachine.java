package io.coordination.test.simulation;

import io.coordination.time.Moment;
import io.coordination.time.Scheduler;
import io.coordination.time.TimeSource;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The clocks and the timer of one process, and whether it can act. What should happen while it is paused or suspended happens
 * afterwards; what should happen after it is dead does not.
 */
final class SimulatedMachine implements TimeSource, Scheduler {

    private static final long WALL_START_MICROS = 1_700_000_000_000_000L;

    private final Agenda agenda;
    private final double rate;
    private final long startedAt;
    private final Queue<Runnable> deferred = new ArrayDeque<>();
    private long wallOffsetMicros;
    private long suspendedNanos;
    private long stoodStillAt = Long.MIN_VALUE / 2;
    private long setBackAt = Long.MIN_VALUE / 2;
    private boolean stopped;
    private boolean dead;

    /**
     * @param rate how many nanoseconds of its monotonic clock pass in one of true time
     * @param wallOffsetMicros by how much its wall clock, which is kept in step with others, is ahead
     */
    SimulatedMachine(Agenda agenda, double rate, long wallOffsetMicros) {
        this.agenda = agenda;
        this.rate = rate;
        this.wallOffsetMicros = wallOffsetMicros;
        this.startedAt = agenda.now();
    }

    @Override
    public Moment now() {
        long elapsed = (long) ((agenda.now() - startedAt) * rate);
        return new Moment(
                1_000_000 + elapsed - suspendedNanos, WALL_START_MICROS + wallOffsetMicros + agenda.now() / 1_000);
    }

    @Override
    public Scheduled at(long nanos, Runnable task) {
        boolean[] cancelled = {false};
        plan(nanos, task, cancelled);
        return () -> cancelled[0] = true;
    }

    /** Runs it now, or when the process can act again; never if it is dead. */
    void act(Runnable action) {
        if (stopped) {
            deferred.add(action);
        } else if (!dead) {
            action.run();
        }
    }

    /** It cannot act, as when a garbage collection stops it; its clocks go on. */
    void stop() {
        stopped = true;
    }

    /** It can act again; as of a machine that was suspended, its monotonic clock may have stood still meanwhile. */
    void resume(long stoodStillNanos) {
        suspendedNanos += stoodStillNanos;
        stoodStillAt = stoodStillNanos > 0 ? agenda.now() : stoodStillAt;
        stopped = false;
        for (int i = deferred.size(); i > 0; i--) {
            act(deferred.remove());
        }
    }

    void setWallOffset(long micros) {
        setBackAt = micros < wallOffsetMicros ? agenda.now() : setBackAt;
        wallOffsetMicros = micros;
    }

    /** Whether its monotonic clock has stood still lately. */
    boolean hasStoodStill(long within) {
        return agenda.now() - stoodStillAt < within;
    }

    /** Whether its wall clock was set back lately. */
    boolean wasSetBack(long within) {
        return agenda.now() - setBackAt < within;
    }

    void die() {
        dead = true;
        stopped = false;
        deferred.clear();
    }

    boolean canAct() {
        return !stopped && !dead;
    }

    @Override
    public void close() {}

    private void plan(long nanos, Runnable task, boolean[] cancelled) {
        long remaining = (long) Math.ceil((nanos - now().nanos()) / rate);
        agenda.in(
                remaining,
                () -> act(() -> {
                    if (cancelled[0]) {
                        return;
                    }
                    if (now().nanos() < nanos) {
                        plan(nanos, task, cancelled);
                    } else {
                        task.run();
                    }
                }));
    }
}
