package io.coordination.lock;

import io.coordination.time.HybridClock;
import io.coordination.time.Moment;
import io.coordination.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A store in this JVM: arbitrates between the managers that share it, and answers inside the call. It forgets a resource that
 * nobody holds or waits for; token bases come from one clock for all resources, so nothing needs to be remembered for them to
 * rise. Safe for any thread.
 */
public final class LocalLeaseStore implements LeaseStore, WakeUps {

    private static final int FIRST_SWEEP = 1_024;

    private final TimeSource time;
    private final HybridClock bases = new HybridClock();
    private final ConcurrentHashMap<Resource, LocalRecord> records = new ConcurrentHashMap<>();
    private final List<Consumer<? super Resource>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger sweepAt = new AtomicInteger(FIRST_SWEEP);

    /** Measures leases by {@code time}, which those who ask use as well. */
    public LocalLeaseStore(TimeSource time) {
        this.time = time;
    }

    @Override
    public void acquire(LeaseRequest request, Consumer<? super AcquireAnswer> reply) {
        Moment now = time.now();
        AcquireAnswer[] answer = new AcquireAnswer[1];
        records.compute(request.resource(), (resource, known) -> {
            LocalRecord record = known == null ? new LocalRecord() : known;
            answer[0] = record.acquire(request, now, bases);
            return record;
        });
        sweepIfGrown(now);
        reply.accept(answer[0]);
    }

    @Override
    public void renew(LeaseRequest request, Consumer<? super RenewAnswer> reply) {
        Moment now = time.now();
        RenewAnswer[] answer = {new RenewAnswer.NotHeld()};
        records.computeIfPresent(request.resource(), (resource, record) -> {
            answer[0] = record.renew(request, now);
            return record;
        });
        reply.accept(answer[0]);
    }

    @Override
    public void release(Resource resource, Ticket ticket, Consumer<? super ReleaseAnswer> reply) {
        Moment now = time.now();
        boolean[] othersWait = new boolean[1];
        records.computeIfPresent(resource, (same, record) -> {
            record.release(ticket, now);
            othersWait[0] = record.isWaitedFor();
            return record.isEmpty(now) ? null : record;
        });
        reply.accept(new ReleaseAnswer.Released());
        if (othersWait[0]) {
            listeners.forEach(listener -> listener.accept(resource));
        }
    }

    @Override
    public Subscription subscribe(Consumer<? super Resource> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** How many resources are held or waited for, or were until a moment ago. */
    public int size() {
        return records.size();
    }

    /** Records whose holder went away without releasing: they are few, and looked for only when the map has grown. */
    private void sweepIfGrown(Moment now) {
        int limit = sweepAt.get();
        if (records.size() > limit && sweepAt.compareAndSet(limit, Integer.MAX_VALUE)) {
            records.keySet()
                    .forEach(resource ->
                            records.computeIfPresent(resource, (same, record) -> record.isEmpty(now) ? null : record));
            sweepAt.set(Math.max(FIRST_SWEEP, 2 * records.size()));
        }
    }

    /** For a reply that has to say how long. */
    static Duration until(long nanos, Moment now) {
        return Duration.ofNanos(Math.max(0, nanos - now.nanos()));
    }
}
