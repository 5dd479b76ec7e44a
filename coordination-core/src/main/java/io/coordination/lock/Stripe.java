package io.coordination.lock;

import io.coordination.time.Moment;
import io.coordination.time.TimeSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Some of the resources of a manager, and the lock under which their steps are taken. A step runs on the thread that brings
 * the event; effects are done by one of the threads that stepped, after it has left the lock.
 */
final class Stripe {

    private static final Logger log = LoggerFactory.getLogger("io.coordination.lock");

    private final TimeSource time;
    private final Tickets tickets;
    private final Effect.World world;
    private final Alarm alarm;
    private final Census census;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Resource, Entry> entries = new HashMap<>();
    private final TreeSet<Entry> timers = new TreeSet<>(Entry.BY_DUE);
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
        boolean mine;
        lock.lock();
        try {
            entry = entries.get(resource);
            if (entry == null) {
                entry = new Entry(resource, numbers++, tickets);
                entries.put(resource, entry);
                census.entryAdded();
            }
            result = step.apply(entry.lock, time.now());
            mine = claim(entry);
        } finally {
            lock.unlock();
        }
        if (mine) {
            drain(entry);
        }
        return result;
    }

    /** Takes a step if anybody here wants or holds the resource. */
    void stepIfPresent(Resource resource, BiConsumer<ResourceLock, Moment> step) {
        Entry entry;
        lock.lock();
        try {
            entry = entries.get(resource);
            if (entry == null) {
                return;
            }
            step.accept(entry.lock, time.now());
            if (!claim(entry)) {
                return;
            }
        } finally {
            lock.unlock();
        }
        drain(entry);
    }

    /** Takes the steps that are due; returns when the next one will be. */
    long tick() {
        while (true) {
            Entry entry;
            lock.lock();
            try {
                if (timers.isEmpty()) {
                    return Alarm.NEVER;
                }
                Moment now = time.now();
                entry = timers.first();
                if (entry.due > now.nanos()) {
                    return entry.due;
                }
                timers.remove(entry);
                entry.due = Alarm.NEVER;
                entry.lock.tick(now);
                if (!claim(entry)) {
                    continue;
                }
            } finally {
                lock.unlock();
            }
            drain(entry);
        }
    }

    void shutDown() {
        for (Resource resource : resources()) {
            stepIfPresent(resource, ResourceLock::shutDown);
        }
    }

    void forEach(BiConsumer<Resource, ResourceLock> look) {
        lock.lock();
        try {
            entries.forEach((resource, entry) -> look.accept(resource, entry.lock));
        } finally {
            lock.unlock();
        }
    }

    private Iterable<Resource> resources() {
        lock.lock();
        try {
            return List.copyOf(entries.keySet());
        } finally {
            lock.unlock();
        }
    }

    private static boolean claim(Entry entry) {
        if (entry.draining) {
            return false;
        }
        entry.draining = true;
        return true;
    }

    private void drain(Entry entry) {
        while (true) {
            Effect effect;
            lock.lock();
            try {
                effect = entry.nextEffect();
                if (effect == null) {
                    settle(entry);
                    return;
                }
            } finally {
                lock.unlock();
            }
            perform(effect);
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

    private void settle(Entry entry) {
        entry.draining = false;
        long due = entry.lock.due();
        if (due != entry.due) {
            if (entry.due != Alarm.NEVER) {
                timers.remove(entry);
            }
            entry.due = due;
            if (due != Alarm.NEVER) {
                timers.add(entry);
                alarm.ringNoLaterThan(due);
            }
        }
        if (entry.lock.isIdle()) {
            entries.remove(entry.resource);
            census.entryRemoved();
        }
    }
}
