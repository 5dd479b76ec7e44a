package io.coordination.spring.actuate;

import io.coordination.lock.EndedLease;
import io.coordination.lock.LockObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * The leases that ended last, and how many ended in all.
 *
 * <p>Threads: any. Blocking: never.
 */
public final class LockHistory implements LockObserver {

    private static final int DEFAULT_CAPACITY = 256;

    private final AtomicReferenceArray<Entry> ring;
    private final AtomicLong next = new AtomicLong();
    private final LongAdder lost = new LongAdder();

    /** A history of {@value #DEFAULT_CAPACITY} leases. */
    public LockHistory() {
        this(DEFAULT_CAPACITY);
    }

    /** A history of so many leases; at least one. */
    public LockHistory(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("A history keeps at least one lease, but was to keep " + capacity + ".");
        }
        ring = new AtomicReferenceArray<>(capacity);
    }

    @Override
    public void ended(EndedLease ended) {
        if (ended.loss() != null) {
            lost.increment();
        }
        long number = next.getAndIncrement();
        ring.set(slot(number), new Entry(number, ended));
    }

    /** What is remembered, the latest first. */
    public List<EndedLease> newestFirst() {
        long end = next.get();
        long begin = Math.max(0, end - ring.length());
        List<EndedLease> leases = new ArrayList<>((int) (end - begin));
        for (long number = end - 1; number >= begin; number--) {
            Entry entry = ring.get(slot(number));
            // A slot may not be written yet, or be overwritten already, while others end leases
            if (entry != null && entry.number() == number) {
                leases.add(entry.lease());
            }
        }
        return leases;
    }

    /** How many leases have ended, lost ones included. */
    public long ended() {
        return next.get();
    }

    /** How many leases were lost. */
    public long lost() {
        return lost.sum();
    }

    private int slot(long number) {
        return (int) (number % ring.length());
    }

    private record Entry(long number, EndedLease lease) {}
}
