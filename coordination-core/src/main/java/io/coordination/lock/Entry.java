package io.coordination.lock;

import java.util.ArrayDeque;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** A resource that somebody here wants or holds, with the effects that its steps have asked for. Guarded by its stripe. */
final class Entry {

    /** By the time of the wake-up, then by number: no two entries are equal. */
    static final Comparator<Entry> BY_DUE =
            Comparator.<Entry>comparingLong(entry -> entry.due).thenComparingLong(entry -> entry.number);

    final Resource resource;
    final ResourceLock lock;

    private final long number;
    private final ArrayDeque<Effect> effects;

    /** Whether a thread is doing the effects now: effects of one resource are done one after another. */
    boolean draining;

    /** Under which the stripe has this entry among its timers; changed only while it is not. */
    long due = Alarm.NEVER;

    Entry(Resource resource, long number, Tickets tickets) {
        this.resource = resource;
        this.number = number;
        this.effects = new ArrayDeque<>(4);
        this.lock = new ResourceLock(resource, tickets, effects);
    }

    @Nullable
    Effect nextEffect() {
        return effects.poll();
    }
}
