package io.coordination.lock;

import java.util.ArrayDeque;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A resource that somebody here wants or holds, or did until a moment ago, with the effects that its steps have asked for.
 * Guarded by its stripe.
 */
final class Entry {

    /** By the time of the wake-up, then by number: no two entries are equal. */
    static final Comparator<Entry> BY_TIMER =
            Comparator.<Entry>comparingLong(entry -> entry.timer).thenComparingLong(entry -> entry.number);

    final Resource resource;
    final ResourceLock lock;

    private final long number;
    private final ArrayDeque<Effect> effects;

    /** Whether somebody wants or holds the resource. What nobody does may be dropped at any time. */
    boolean active;

    /** Whether the stripe has it among those to drop first. */
    boolean lingering;

    /** Whether a thread is doing the effects now: effects of one resource are done one after another. */
    boolean draining;

    /**
     * Under which the stripe has this entry among its timers; changed only while it is not. Never later than its lock is due:
     * a wake-up that comes early costs one look.
     */
    long timer = Alarm.NEVER;

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
