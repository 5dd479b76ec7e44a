package io.coordination.benchmarks.lock;

import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/** The limit: what a lock without lease, token or holder costs. A name shares its lock with other names of its stripe. */
final class Striped {

    private static final int STRIPES = 256;

    private final ReentrantLock[] locks = new ReentrantLock[STRIPES];

    Striped(boolean fair) {
        Arrays.setAll(locks, stripe -> new ReentrantLock(fair));
    }

    ReentrantLock of(Object name) {
        int hash = name.hashCode();
        return locks[(hash ^ hash >>> 16) & STRIPES - 1];
    }
}
