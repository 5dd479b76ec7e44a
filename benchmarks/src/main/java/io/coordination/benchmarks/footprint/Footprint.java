package io.coordination.benchmarks.footprint;

import io.coordination.benchmarks.report.Heap;
import io.coordination.benchmarks.report.Page;
import io.coordination.benchmarks.report.Spread;
import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.Lease;
import io.coordination.lock.LockManagerBuilder;
import io.coordination.lock.LockOptions;
import io.coordination.lock.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** What is on the heap for a name that nobody wants any more, and for a lease that is held. */
public final class Footprint {

    private static final int IDLE = 1_000_000;
    private static final int HELD = 100_000;

    private Footprint() {}

    /** Fills the heap of this JVM, of which 1 GiB is enough. */
    public static Page measure() throws InterruptedException {
        Page page = new Page("What names and held leases weigh");
        page.paragraph("The growth of the used heap after a collection, names and keys included.");
        page.table(
                "Names that were locked once and are idle",
                List.of("", "bytes for a million names", "bytes per name"),
                List.of(
                        row("a map of `ReentrantLock` by name (reference)", idleInMap(), IDLE),
                        row("**lease**", idleInManager(), IDLE)));
        page.table(
                "Held",
                List.of("", "bytes for " + HELD, "bytes per lock"),
                List.of(
                        row("a map of `ReentrantLock` by name (reference)", heldInMap(), HELD),
                        row("**lease**", heldInManager(), HELD)));
        return page;
    }

    private static List<String> row(String label, long bytes, int count) {
        return List.of(label, Spread.number((double) bytes), Spread.number((double) bytes / count));
    }

    private static long idleInMap() {
        long before = Heap.used();
        Map<Resource, ReentrantLock> locks = new ConcurrentHashMap<>();
        int names = 0;
        for (int i = 0; i < IDLE; i++) {
            ReentrantLock lock = locks.computeIfAbsent(name(i), name -> new ReentrantLock());
            lock.lock();
            try {
                names++;
            } finally {
                lock.unlock();
            }
        }
        assert names == locks.size();
        return Heap.grownSince(before, locks);
    }

    private static long idleInManager() throws InterruptedException {
        try (DistributedLockManager manager = new LockManagerBuilder().build()) {
            manager.acquire(name(IDLE), LockOptions.defaults()).close();
            long before = Heap.used();
            for (int i = 0; i < IDLE; i++) {
                manager.acquire(name(i), LockOptions.defaults()).close();
            }
            return Heap.grownSince(before, manager);
        }
    }

    private static long heldInMap() {
        long before = Heap.used();
        Map<Resource, ReentrantLock> locks = new ConcurrentHashMap<>();
        for (int i = 0; i < HELD; i++) {
            locks.computeIfAbsent(name(i), name -> new ReentrantLock()).lock();
        }
        return Heap.grownSince(before, locks);
    }

    private static long heldInManager() throws InterruptedException {
        try (DistributedLockManager manager =
                new LockManagerBuilder().maximumResources(2 * HELD).build()) {
            manager.acquire(name(HELD), LockOptions.defaults()).close();
            long before = Heap.used();
            List<Lease> leases = new ArrayList<>(HELD);
            for (int i = 0; i < HELD; i++) {
                leases.add(manager.acquire(name(i), LockOptions.defaults()));
            }
            long grown = Heap.grownSince(before, manager);
            leases.forEach(Lease::close);
            return grown;
        }
    }

    private static Resource name(int number) {
        return Resource.of("seat", Integer.toString(number));
    }
}
