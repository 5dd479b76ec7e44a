package io.coordination.test.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What will happen, in order of time; of what happens at the same time, what was planned first goes first. */
final class Agenda {

    private final PriorityQueue<Planned> planned =
            new PriorityQueue<>(Comparator.comparingLong(Planned::at).thenComparingLong(Planned::number));
    private long now;
    private long numbers;

    /** Nanoseconds of true time, which no process can read. */
    long now() {
        return now;
    }

    void in(long nanos, Runnable action) {
        planned.add(new Planned(now + Math.max(0, nanos), numbers++, action));
    }

    /** Lets the next thing happen unless it is later than {@code end}; says whether it did. */
    boolean next(long end) {
        Planned next = planned.peek();
        if (next == null || next.at > end) {
            now = Math.max(now, end);
            return false;
        }
        planned.remove();
        now = next.at;
        next.action.run();
        return true;
    }

    private record Planned(long at, long number, Runnable action) {}
}
