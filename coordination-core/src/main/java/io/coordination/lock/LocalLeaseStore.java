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
 * A store in this JVM: arbitrates between the managers that share it, and answers inside the call. Of resources that nobody
 * holds or waits for it keeps a few hundred at most, or as many as were in use; it can forget them because token bases come
 * from one clock for all resources. Safe for any thread.
 */
public final class LocalLeaseStore implements LeaseStore, WakeUps {

    /** So many records may stay although nobody holds or waits for their resources any more. */
    static final int FIRST_LOOK = 256;

    private static final ReleaseAnswer RELEASED = new ReleaseAnswer.Released();

    private final TimeSource time;
    private final HybridClock bases = new HybridClock();
    private final ConcurrentHashMap<Resource, LocalRecord> records = new ConcurrentHashMap<>();
    private final List<Consumer<? super Resource>> listeners = new CopyOnWriteArrayList<>();
    private final int firstLook;
    private final AtomicInteger lookAt;

    /** Measures leases by {@code time}, which those who ask use as well. */
    public LocalLeaseStore(TimeSource time) {
        this(time, FIRST_LOOK);
    }

    LocalLeaseStore(TimeSource time, int firstLook) {
        this.time = time;
        this.firstLook = firstLook;
        this.lookAt = new AtomicInteger(firstLook);
    }

    @Override
    public void acquire(LeaseRequest request, Consumer<? super AcquireAnswer> reply) {
        reply.accept(acquire(request, time.now()));
    }

    @Override
    public void renew(LeaseRequest request, Consumer<? super RenewAnswer> reply) {
        reply.accept(renew(request, time.now()));
    }

    @Override
    public void release(Resource resource, Ticket ticket, Consumer<? super ReleaseAnswer> reply) {
        boolean othersWait = release(resource, ticket);
        reply.accept(RELEASED);
        if (othersWait) {
            listeners.forEach(listener -> listener.accept(resource));
        }
    }

    @Override
    public Subscription subscribe(Consumer<? super Resource> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** How many resources it has in mind: those held or waited for, and some that were a moment ago. */
    public int size() {
        return records.size();
    }

    private AcquireAnswer acquire(LeaseRequest request, Moment now) {
        while (true) {
            LocalRecord record = records.get(request.resource());
            if (record == null) {
                forgetSomeIfGrown(now);
                record = records.computeIfAbsent(request.resource(), resource -> new LocalRecord());
            }
            synchronized (record) {
                if (!record.forgotten) {
                    return record.acquire(request, now, bases);
                }
            }
        }
    }

    /** A record that was forgotten meanwhile was empty, as one that is not there. */
    private RenewAnswer renew(LeaseRequest request, Moment now) {
        LocalRecord record = records.get(request.resource());
        if (record == null) {
            return new RenewAnswer.NotHeld();
        }
        synchronized (record) {
            return record.renew(request, now);
        }
    }

    private boolean release(Resource resource, Ticket ticket) {
        LocalRecord record = records.get(resource);
        if (record == null) {
            return false;
        }
        synchronized (record) {
            return record.release(ticket, time);
        }
    }

    /** Looks at all records, but so rarely that each new one pays for a few looks only. */
    private void forgetSomeIfGrown(Moment now) {
        int limit = lookAt.get();
        if (records.size() < limit || !lookAt.compareAndSet(limit, Integer.MAX_VALUE)) {
            return;
        }
        records.forEach((resource, record) -> {
            synchronized (record) {
                if (record.isEmpty(now)) {
                    record.forgotten = true;
                    records.remove(resource, record);
                }
            }
        });
        lookAt.set(Math.max(firstLook, 2 * records.size()));
    }

    /** For a reply that has to say how long. */
    static Duration until(long nanos, Moment now) {
        return Duration.ofNanos(Math.max(0, nanos - now.nanos()));
    }
}
