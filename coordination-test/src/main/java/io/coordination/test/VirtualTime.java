package io.coordination.test;

import io.coordination.time.Moment;
import io.coordination.time.Scheduler;
import io.coordination.time.TimeSource;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Time that passes only when a test says so, with a scheduler that runs its tasks on the thread that lets time pass. Safe for
 * several threads; one thread at a time lets time pass.
 */
public final class VirtualTime implements TimeSource, Scheduler {

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
    private long nanos = 1_000_000;
    private long wallMicros = 1_700_000_000_000_000L;
    private long numbers;

    @Override
    public Moment now() {
        synchronized (tasks) {
            return new Moment(nanos, wallMicros);
        }
    }

    @Override
    public Scheduled at(long when, Runnable action) {
        synchronized (tasks) {
            Task task = new Task(when, numbers++, action);
            tasks.add(task);
            return () -> {
                synchronized (tasks) {
                    tasks.remove(task);
                }
            };
        }
    }

    /** Lets time pass on both clocks and runs what falls due on the way, each task at its moment. */
    public void advance(Duration duration) {
        long end = now().nanos() + duration.toNanos();
        while (true) {
            Task due;
            synchronized (tasks) {
                due = tasks.peek();
                if (due == null || due.at > end) {
                    passUntil(end);
                    return;
                }
                tasks.remove(due);
                passUntil(Math.max(nanos, due.at));
            }
            due.action.run();
        }
    }

    /** The machine was suspended: its wall clock goes on, its monotonic clock stood still, no task has run. */
    public void suspend(Duration duration) {
        synchronized (tasks) {
            wallMicros += duration.toNanos() / 1_000;
        }
    }

    /** Somebody sets the wall clock; negative durations set it back. */
    public void stepWallClock(Duration duration) {
        suspend(duration);
    }

    /** How many tasks are scheduled. */
    public int scheduled() {
        synchronized (tasks) {
            return tasks.size();
        }
    }

    @Override
    public void close() {
        synchronized (tasks) {
            tasks.clear();
        }
    }

    private void passUntil(long end) {
        wallMicros += (end - nanos) / 1_000;
        nanos = end;
    }

    private record Task(long at, long number, Runnable action) {}
}
