package io.coordination.spring.metrics;

import io.coordination.lock.EndedLease;
import io.coordination.lock.FencingToken;
import io.coordination.lock.LeaseLoss;
import io.coordination.lock.LockNotAcquiredException.Reason;
import io.coordination.lock.LockObserver;
import io.coordination.lock.Resource;
import io.coordination.spring.lock.LockNameListener;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meters of locks, tagged with the name of the lock and never with a key.
 *
 * <ul>
 *   <li>{@code coordination.lock.acquire}: timer of the wait for a lease, by {@code outcome}: {@code acquired}; {@code busy},
 *       others held it; {@code cancelled}, the caller gave up; {@code failed}, the store did not answer, a limit was reached
 *       or the application shuts down
 *   <li>{@code coordination.lock.held}: timer of how long leases were held
 *   <li>{@code coordination.lock.active}: gauge of leases held now
 *   <li>{@code coordination.lock.waiting}: gauge of acquisitions that wait now
 *   <li>{@code coordination.lock.contended}: counter of acquisitions that had to wait
 *   <li>{@code coordination.lock.lost}: counter of leases that ended before they were released
 * </ul>
 *
 * <p>After {@value #MOST_NAMES} names, all further ones share the name {@value #OTHER}. What happens before {@link #bindTo}
 * is in the gauges, but not in timers and counters.
 */
public final class LockMeters implements LockObserver, LockNameListener {

    static final int MOST_NAMES = 1000;
    static final String OTHER = "(other)";

    private static final Logger log = LoggerFactory.getLogger(LockMeters.class);

    private final ConcurrentHashMap<String, NamedLockMeters> byName = new ConcurrentHashMap<>();
    private final ReentrantLock adding = new ReentrantLock();
    private volatile @Nullable NamedLockMeters other;
    private volatile @Nullable MeterRegistry registry;

    /**
     * Registers the meters, those of names known by now and those to come.
     *
     * @throws IllegalStateException if they are in a registry already
     */
    public void bindTo(MeterRegistry target) {
        adding.lock();
        try {
            if (registry != null) {
                throw new IllegalStateException(
                        "The meters of locks are registered already. Use a composite registry to"
                                + " have them in several.");
            }
            registry = target;
            byName.values().forEach(meters -> meters.registerIn(target));
            NamedLockMeters shared = other;
            if (shared != null) {
                shared.registerIn(target);
            }
        } finally {
            adding.unlock();
        }
    }

    /** Registers the meters of a name at zero. */
    @Override
    public void lockNamed(String name) {
        of(name);
    }

    @Override
    public void waiting(Resource resource) {
        of(resource.name()).waits();
    }

    @Override
    public void acquired(Resource resource, FencingToken token, Duration waited, boolean contended) {
        of(resource.name()).acquired(waited, contended);
    }

    @Override
    public void notAcquired(Resource resource, Duration waited, boolean contended, @Nullable Reason reason) {
        of(resource.name()).notAcquired(waited, contended, reason);
    }

    @Override
    public void ended(EndedLease ended) {
        of(ended.resource().name()).ended(ended.heldFor());
    }

    @Override
    public void lost(LeaseLoss loss) {
        of(loss.resource().name()).lost();
    }

    private NamedLockMeters of(String name) {
        NamedLockMeters known = byName.get(name);
        if (known != null) {
            return known;
        }
        NamedLockMeters shared = other;
        return shared != null ? shared : add(name);
    }

    private NamedLockMeters add(String name) {
        adding.lock();
        try {
            NamedLockMeters known = byName.get(name);
            if (known != null) {
                return known;
            }
            if (byName.size() < MOST_NAMES) {
                NamedLockMeters added = newMeters(name);
                byName.put(name, added);
                return added;
            }
            return addOther(name);
        } finally {
            adding.unlock();
        }
    }

    private NamedLockMeters addOther(String name) {
        NamedLockMeters shared = other;
        if (shared == null) {
            log.warn(
                    "More than {} lock names are in use: the meters of \"{}\" and of all further names are under \"{}\"."
                            + " Names are for kinds of things; what tells one thing of a kind from another is the key.",
                    MOST_NAMES,
                    name,
                    OTHER);
            shared = newMeters(OTHER);
            other = shared;
        }
        return shared;
    }

    private NamedLockMeters newMeters(String name) {
        NamedLockMeters meters = new NamedLockMeters(name);
        MeterRegistry target = registry;
        if (target != null) {
            meters.registerIn(target);
        }
        return meters;
    }
}
