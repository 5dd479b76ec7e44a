package io.coordination.lock;

import io.coordination.runtime.BriefSpin;
import io.coordination.time.Moment;
import io.coordination.time.TimeSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Some of the resources of a manager, and the lock under which their steps are taken. A step runs on the thread that brings
 * the event; effects are done by one of the threads that stepped, after it has left the lock.
 */
final class Stripe {

    /** How many resources that nobody wants are kept, because those that were wanted last are likely to be wanted next. */
    static final int MOST_LINGERING = 8;

    private static final Logger log = LoggerFactory.getLogger("io.coordination.lock");

    private final TimeSource time;
    private final Tickets tickets;
    private final Effect.World world;
    private final Alarm alarm;
    private final Census census;

    private final ReentrantLock lock = new ReentrantLock();
    private final BooleanSupplier tryToEnter = lock::tryLock;
    private final Map<Resource, Entry> entries = new HashMap<>();
    private final ArrayDeque<Entry> lingering = new ArrayDeque<>();
    private final TreeSet<Entry> timers = new TreeSet<>(Entry.BY_TIMER);
    private long numbers;

    Stripe(TimeSource time, Tickets tickets, Effect.World world, Alarm alarm, Census census) {
        this.time = time;
        this.tickets = tickets;
        this.world = world;
        this.alarm = alarm;
        this.census = census;
    }

    /** Takes a step and does its effects. */
    <T extends @Nullable Object> T step(Resource resource, BiFunction<ResourceLock, Moment, T> step) {
        Entry entry;
        T result;
        Effect first;
        enter();
        try {
            entry = entries.get(resource);
            if (entry == null) {
                entry = new Entry(resource, numbers++, tickets);
                entries.put(resource, entry);
            }
            if (!entry.active) {
                entry.active = true;
                census.entryAdded();
            }
            result = step.apply(entry.lock, time.now());
            first = claim(entry);
        } finally {
            lock.unlock();
        }
        drain(entry, first);
        return result;
    }

    /** Takes a step if anybody here wants or holds the resource. */
    void stepIfPresent(Resource resource, BiConsumer<ResourceLock, Moment> step) {
        Entry entry;
        Effect first;
        enter();
        try {
            entry = entries.get(resource);
            if (entry == null || !entry.active) {
                return;
            }
            step.accept(entry.lock, time.now());
            first = claim(entry);
        } finally {
            lock.unlock();
        }
        drain(entry, first);
    }

    /** Takes the steps that are due; returns when the next one will be. */
    long tick() {
        while (true) {
            Entry entry;
            Effect first;
            enter();
            try {
                if (timers.isEmpty()) {
                    return Alarm.NEVER;
                }
                Moment now = time.now();
                entry = timers.first();
                if (entry.timer > now.nanos()) {
                    return entry.timer;
                }
                timers.remove(entry);
                entry.timer = Alarm.NEVER;
                entry.lock.tick(now);
                first = claim(entry);
            } finally {
                lock.unlock();
            }
            drain(entry, first);
        }
    }

    void shutDown() {
        for (Resource resource : resources()) {
            stepIfPresent(resource, ResourceLock::shutDown);
        }
    }

    void forEach(BiConsumer<Resource, ResourceLock> look) {
        enter();
        try {
            entries.forEach((resource, entry) -> look.accept(resource, entry.lock));
        } finally {
            lock.unlock();
        }
    }

    /** How many resources have a timer standing. */
    int timers() {
        enter();
        try {
            return timers.size();
        } finally {
            lock.unlock();
        }
    }

    /** A step is short: most often the lock is free again before a thread could be parked. */
    @SuppressWarnings("LockNotBeforeTry") // those who call it begin the try
    private void enter() {
        if (!BriefSpin.until(tryToEnter)) {
            lock.lock();
        }
    }

    private Iterable<Resource> resources() {
        enter();
        try {
            return List.copyOf(entries.keySet());
        } finally {
            lock.unlock();
        }
    }

    /** The first effect to be done by this thread, which then does all others; null if there is none, or another thread does them. */
    private @Nullable Effect claim(Entry entry) {
        if (entry.draining) {
            return null;
        }
        Effect first = entry.nextEffect();
        if (first == null) {
            settle(entry);
        } else {
            entry.draining = true;
        }
        return first;
    }

    private void drain(Entry entry, @Nullable Effect first) {
        Effect effect = first;
        while (effect != null) {
            perform(effect);
            enter();
            try {
                effect = entry.nextEffect();
                if (effect == null) {
                    entry.draining = false;
                    settle(entry);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** What goes wrong in one effect must not keep the later ones of the resource from being done. */
    private void perform(Effect effect) {
        try {
            effect.on(world);
        } catch (RuntimeException | Error failed) {
            log.error("{} failed; what follows goes on. Please report this as a bug.", effect, failed);
        }
    }

    /** The last thing after a step and its effects. */
    private void settle(Entry entry) {
        wakeAt(entry.lock.due(), entry);
        if (entry.active && entry.lock.isIdle()) {
            entry.active = false;
            linger(entry);
            census.entryRemoved();
        }
    }

    private void wakeAt(long due, Entry entry) {
        if (due < entry.timer) {
            if (entry.timer != Alarm.NEVER) {
                timers.remove(entry);
            }
            entry.timer = due;
            timers.add(entry);
            alarm.ringNoLaterThan(due);
        }
    }

    private void linger(Entry idle) {
        if (idle.lingering) {
            return;
        }
        idle.lingering = true;
        lingering.add(idle);
        if (lingering.size() > MOST_LINGERING) {
            Entry oldest = lingering.remove();
            oldest.lingering = false;
            if (!oldest.active) {
                entries.remove(oldest.resource);
                timers.remove(oldest);
                oldest.timer = Alarm.NEVER;
            }
        }
    }
}
