package io.coordination.peer;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A fingerprint of everything that a machine of the protocol remembers: the values of all its fields, and of what they refer
 * to. Two states with the same fingerprint are taken for the same.
 */
final class Digest {

    private static final Map<Class<?>, List<Field>> FIELDS = new ConcurrentHashMap<>();

    /** Machines refer to each other; each is taken in once. */
    private final Set<Object> seen;

    private long high = 0x9E3779B97F4A7C15L;
    private long low = 0xC2B2AE3D27D4EB4FL;

    Digest() {
        this(Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private Digest(Set<Object> seen) {
        this.seen = seen;
    }

    Digest add(@Nullable Object value) {
        if (value == null) {
            mix(1);
        } else if (value instanceof AtomicLong number) {
            mix(number.get());
        } else if (value instanceof Number || value instanceof Boolean) {
            mix(value.hashCode());
            mix(value instanceof Long number ? number : 2);
        } else if (value instanceof String || value instanceof Enum<?>) {
            mix(value.toString().hashCode());
        } else if (value instanceof Duration duration) {
            mix(duration.toNanos());
        } else if (value instanceof Record) {
            addFields(value);
        } else if (value instanceof Map<?, ?> map) {
            // In no particular order.
            long sum = 0;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                sum += new Digest(seen).add(entry.getKey()).add(entry.getValue()).low;
            }
            mix(sum);
        } else if (value instanceof Collection<?> collection) {
            mix(collection.size());
            collection.forEach(this::add);
        } else if (value.getClass().getName().startsWith("io.coordination")
                && !value.getClass().isHidden()
                && seen.add(value)) {
            addFields(value);
        }
        return this;
    }

    /** Messages under way are a bag: when they were sent does not matter. */
    Digest addBag(Collection<?> bag) {
        long sum = 0;
        for (Object one : bag) {
            sum += new Digest(seen).add(one).low;
        }
        mix(sum);
        return this;
    }

    record Value(long high, long low) {}

    Value value() {
        return new Value(high, low);
    }

    private void mix(long value) {
        high = (high ^ value) * 0xff51afd7ed558ccdL;
        high ^= high >>> 32;
        low = Long.rotateLeft(low ^ value, 31) * 0x9FB21C651E98DF25L;
        low ^= low >>> 29;
    }

    private void addFields(Object value) {
        for (Field field : FIELDS.computeIfAbsent(value.getClass(), Digest::fields)) {
            try {
                add(field.get(value));
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static List<Field> fields(Class<?> type) {
        List<Field> all = new ArrayList<>();
        for (Class<?> one = type; one != null && one != Object.class; one = one.getSuperclass()) {
            for (Field field : one.getDeclaredFields()) {
                boolean isSetting = field.getType() == PeerGroup.class
                        || field.getType() == PeerTimes.class
                        || field.getType() == Rules.class
                        // Follows from the records and claims, and numbers its changes.
                        || field.getType() == Timers.class;
                if (!Modifier.isStatic(field.getModifiers()) && !isSetting) {
                    field.setAccessible(true);
                    all.add(field);
                }
            }
        }
        return all;
    }
}
