package io.coordination.benchmarks.report;

import java.lang.management.ManagementFactory;

/** What is on the heap of this JVM. */
public final class Heap {

    private Heap() {}

    /** After a collection. */
    public static long used() {
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            used = Math.min(
                    used,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return used;
    }

    /** By how much it has grown, while this was still in use. */
    public static long grownSince(long before, Object keptUntilNow) {
        long grown = used() - before;
        if (keptUntilNow.hashCode() == 0) {
            System.out.println("Read, so that nothing of it is collected before.");
        }
        return grown;
    }
}
