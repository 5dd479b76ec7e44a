package io.coordination.lock;

import io.coordination.time.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * The tickets that this process is done with and whose release the store has not confirmed. A release is repeated until it is
 * confirmed or the lease, which nobody renews any more, must have run out.
 */
final class Releases {

    /** Beyond this many unconfirmed tickets the oldest is left to run out. */
    private static final int MOST = 16;

    private final Resource resource;
    private final Queue<Effect> effects;
    private final List<Pending> pending = new ArrayList<>(1);

    Releases(Resource resource, Queue<Effect> effects) {
        this.resource = resource;
        this.effects = effects;
    }

    void begin(Ticket ticket, Duration lease, Moment now) {
        remove(ticket);
        if (pending.size() == MOST) {
            pending.remove(0);
        }
        Pending release = new Pending(new Effect.Release(resource, ticket), now.nanos(), lease.toNanos());
        pending.add(release);
        effects.add(release.effect);
    }

    /** Whether the store has confirmed a release that was pending. */
    boolean answered(Ticket ticket, ReleaseAnswer answer) {
        // After an unknown answer it is repeated when due.
        return answer instanceof ReleaseAnswer.Released && remove(ticket);
    }

    void tick(Moment now) {
        for (int i = pending.size() - 1; i >= 0; i--) {
            Pending release = pending.get(i);
            if (release.until() <= now.nanos()) {
                pending.remove(i);
            } else if (release.nextAttempt() <= now.nanos()) {
                release.lastAttempt = now.nanos();
                effects.add(release.effect);
            }
        }
    }

    long due() {
        long due = Long.MAX_VALUE;
        for (int i = 0; i < pending.size(); i++) {
            Pending release = pending.get(i);
            due = Math.min(due, Math.min(release.until(), release.nextAttempt()));
        }
        return due;
    }

    boolean areDone() {
        return pending.isEmpty();
    }

    private boolean remove(Ticket ticket) {
        for (int i = 0; i < pending.size(); i++) {
            if (pending.get(i).effect.ticket().equals(ticket)) {
                pending.remove(i);
                return true;
            }
        }
        return false;
    }

    private static final class Pending {

        final Effect.Release effect;
        private final long begun;
        private final long lease;
        long lastAttempt;

        Pending(Effect.Release effect, long begun, long lease) {
            this.effect = effect;
            this.begun = begun;
            this.lease = lease;
            this.lastAttempt = begun;
        }

        long until() {
            return begun + lease;
        }

        long nextAttempt() {
            return lastAttempt + lease / 10;
        }
    }
}
