package io.coordination.lock;

import io.coordination.time.Moment;
import java.util.concurrent.CompletableFuture;

/**
 * One acquisition, and the future of its outcome: completed exactly once, by the effect that settles it. The ticket and {@code
 * told} belong to the {@link ResourceLock} that made it.
 */
final class Waiter extends CompletableFuture<Outcome> {

    final Resource resource;
    final LockOptions options;
    final Holder holder;
    final Moment since;

    Ticket ticket;

    /** Whether nobody else waited when it came. */
    boolean cameFirst;

    /** Whether it was told to wait, because the first attempt did not serve it. */
    boolean told;

    Waiter(Resource resource, LockOptions options, Holder holder, Ticket ticket, Moment since) {
        this.resource = resource;
        this.options = options;
        this.holder = holder;
        this.ticket = ticket;
        this.since = since;
    }

    /** Zero wait: the answer to one attempt decides. */
    boolean triesOnce() {
        return options.waitNanos() == 0;
    }

    /** One that tries once has no deadline of its own; a store that never answers is given up like any attempt. */
    long waitEnds() {
        return since.nanos() + (triesOnce() ? options.lease().toNanos() : options.waitNanos());
    }
}
