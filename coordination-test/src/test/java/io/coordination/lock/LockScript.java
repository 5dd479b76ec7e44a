package io.coordination.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.ProcessId;
import io.coordination.time.HybridClock;
import io.coordination.time.Moment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;

/** The words in which scripts for one {@link ResourceLock} are written: its clock, what it is told, and what it asks for. */
class LockScript {

    static final Duration LEASE = Duration.ofSeconds(30);
    static final LockOptions OPTIONS = LockOptions.defaults().withLease(LEASE);
    static final LockOptions ONCE = OPTIONS.withWaitAtMost(Duration.ZERO);
    static final Holder HOLDER = new Holder(new ProcessId("me", 1), "thread");

    private static final Resource SEAT = Resource.named("seat");

    final ArrayDeque<Effect> effects = new ArrayDeque<>();
    final ResourceLock lock = new ResourceLock(SEAT, new Tickets(HOLDER.process(), new HybridClock()), effects);
    long millis = 1_000;

    final Grant hold(LockOptions options, boolean othersMayWait) {
        lock.want(options, HOLDER, now());
        LeaseRequest request = theOnly(Effect.Ask.class).request();
        lock.answered(request, granted(request, othersMayWait), now());
        return theOnly(Effect.Give.class).grant();
    }

    final AcquireAnswer granted(LeaseRequest request, boolean othersMayWait) {
        return new AcquireAnswer.Granted(now().micros(), request.sentAt(), othersMayWait);
    }

    final void busy(LeaseRequest request, Duration remaining) {
        lock.answered(request, new AcquireAnswer.Busy(remaining, null), now());
    }

    final Moment now() {
        return new Moment(millis * 1_000_000, 1_700_000_000_000_000L + millis * 1_000);
    }

    final <E extends Effect> List<E> all(Class<E> kind) {
        return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Takes it out, so that the next one is the only one again. */
    final <E extends Effect> E theOnly(Class<E> kind) {
        List<E> found = all(kind);
        assertThat(found).as("%s among %s", kind.getSimpleName(), effects).hasSize(1);
        effects.remove(found.get(0));
        return found.get(0);
    }
}
