package io.coordination.lock;

import io.coordination.time.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The tickets that this process is done with and whose release the store has not confirmed. A release is repeated until it is
 * confirmed or the lease, which nobody renews any more, must have run out.
 */
final class Releases {

    /** Beyond this many unconfirmed tickets the oldest is left to run out. */
    private static final int MOST = 16;

    private final Resource resource;
    private final Queue<Effect> effects;
    private @Nullable List<Pending> pending;

    Releases(Resource resource, Queue<Effect> effects) {
        this.resource = resource;
        this.effects = effects;
    }

    void begin(Ticket ticket, Duration lease, Moment now) {
        if (pending == null) {
            pending = new ArrayList<>(1);
        }
        pending.removeIf(one -> one.ticket.equals(ticket));
        if (pending.size() == MOST) {
            pending.remove(0);
        }
        pending.add(new Pending(ticket, now.nanos() + lease.toNanos(), lease.toNanos() / 10, now.nanos()));
        effects.add(new Effect.Release(resource, ticket));
    }

    /** Whether the store has confirmed a release that was pending. */
    boolean answered(Ticket ticket, ReleaseAnswer answer, Moment now) {
        boolean[] confirmed = {false};
        answer.match(new ReleaseAnswer.Cases() {
            @Override
            public void released() {
                confirmed[0] = pending != null && pending.removeIf(one -> one.ticket.equals(ticket));
            }

            @Override
            public void unknown(ReleaseAnswer.Unknown unknown) {
                // Repeated when due.
            }
        });
        return confirmed[0];
    }

    void tick(Moment now) {
        if (pending == null) {
            return;
        }
        pending.removeIf(one -> one.until <= now.nanos());
        for (Pending one : pending) {
            if (one.nextAttempt() <= now.nanos()) {
                one.lastAttempt = now.nanos();
                effects.add(new Effect.Release(resource, one.ticket));
            }
        }
    }

    long due() {
        long due = Long.MAX_VALUE;
        if (pending != null) {
            for (Pending one : pending) {
                due = Math.min(due, Math.min(one.until, one.nextAttempt()));
            }
        }
        return due;
    }

    boolean areDone() {
        return pending == null || pending.isEmpty();
    }

    private static final class Pending {

        final Ticket ticket;
        final long until;
        final long pause;
        long lastAttempt;

        Pending(Ticket ticket, long until, long pause, long lastAttempt) {
            this.ticket = ticket;
            this.until = until;
            this.pause = pause;
            this.lastAttempt = lastAttempt;
        }

        long nextAttempt() {
            return lastAttempt + pause;
        }
    }
}
