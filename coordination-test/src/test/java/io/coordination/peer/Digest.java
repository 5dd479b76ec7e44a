package io.coordination.peer;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A fingerprint of everything that a machine of the protocol remembers: the values of all its fields, and of what they refer
 * to, those of weakened rules included. Two states with the same fingerprint are taken for the same.
 */
final class Digest {

    private static final Map<Class<?>, List<Part>> PARTS = new ConcurrentHashMap<>();

    /**
     * What only goes into the answer to the one who wants: no message and no grant depends on it. And what depends on whether
     * all have answered: when to ask again, which is after a third of a lease anyway where that is less than {@code retry},
     * and whom to ask, which is everybody anyway as long as nobody has granted. And the last look at clocks that never jump.
     */
    private static final Set<String> IDLE = Set.of(
            "Vote.holder",
            "Vote.freeAt",
            "Vote.othersWait",
            "Vote.answered",
            "Replies.renew",
            "Claim.backOff",
            "PeerNode.refusals",
            "Requester.refusals",
            "PeerNode.lastLook");

    /** While there is no attempt to answer, or it is held: when it would be given up, and who is in the way. */
    private static final Set<String> OF_AN_ATTEMPT = Set.of("Replies.calledAt", "Vote.queued", "Vote.behindEarlier");

    private static final int NULL = 1;
    private static final int SEEN = 2;
    private static final int FUNCTION = 3;

    /** Machines refer to each other; each is taken in once. */
    private final Set<Object> seen;

    private final Set<String> idle = new HashSet<>();

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
            mix(NULL);
        } else if (value instanceof AtomicLong number) {
            mix(number.get());
        } else if (value instanceof Number number) {
            mix(number.longValue());
        } else if (value instanceof Boolean || value instanceof String || value instanceof Enum<?>) {
            mix(value.toString().hashCode());
        } else if (value instanceof Duration duration) {
            mix(duration.toNanos());
        } else if (value instanceof boolean[] flags) {
            for (boolean flag : flags) {
                add(flag);
            }
        } else if (value instanceof Map<?, ?> map) {
            addInNoOrder(map);
        } else if (value instanceof Collection<?> collection) {
            mix(collection.size());
            collection.forEach(this::add);
        } else if (value.getClass().isHidden()) {
            mix(FUNCTION);
        } else if (value instanceof Record) {
            addFields(value);
        } else if (!value.getClass().getName().startsWith("io.coordination")) {
            throw new IllegalArgumentException("what of " + value.getClass() + " is to be compared?");
        } else if (seen.add(value)) {
            addFields(value);
        } else {
            mix(SEEN);
        }
        return this;
    }

    private record Part(Field field, String name) {

        @Nullable
        Object of(Object whole) {
            try {
                return field.get(whole);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    record Value(long high, long low) {}

    Value value() {
        return new Value(high, low);
    }

    private void addInNoOrder(Map<?, ?> map) {
        long highs = 0;
        long lows = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Digest one = new Digest(seen).add(entry.getKey()).add(entry.getValue());
            highs += one.high;
            lows += one.low;
        }
        mix(map.size());
        high ^= highs;
        mix(lows);
    }

    private void mix(long value) {
        high = (high ^ value) * 0xff51afd7ed558ccdL;
        high ^= high >>> 32;
        low = Long.rotateLeft(low ^ value, 31) * 0x9FB21C651E98DF25L;
        low ^= low >>> 29;
    }

    private void addFields(Object value) {
        if (value instanceof Recovery recovery && recovery.isIn()) {
            // What it was told counts until it is in.
            add(recovery.coldVector());
            return;
        }
        List<Part> parts = PARTS.computeIfAbsent(value.getClass(), Digest::parts);
        if (value instanceof Claim claim) {
            leaveOut(claim, parts);
        }
        for (Part part : parts) {
            if (idle.isEmpty() || !idle.contains(part.name)) {
                add(part.of(value));
            }
        }
    }

    /** Of a claim in this state, some things are not looked at before they are set anew. */
    private void leaveOut(Claim claim, List<Part> parts) {
        for (Part part : parts) {
            String name = part.name;
            Object value = part.of(claim);
            if (value instanceof Replies replies && !replies.isAwaited()) {
                idle.addAll(OF_AN_ATTEMPT);
            } else if (name.equals("Claim.collected") && Boolean.TRUE.equals(value)) {
                idle.add("Claim.collectBy");
            } else if (name.equals("Claim.nextAsk")
                    && Long.valueOf(Timers.NEVER).equals(value)) {
                idle.add("Claim.renewStamp");
            }
        }
    }

    private static String name(Field field) {
        return field.getDeclaringClass().getSimpleName() + "." + field.getName();
    }

    private static List<Part> parts(Class<?> type) {
        List<Part> all = new ArrayList<>();
        for (Class<?> one = type; one != null && one != Object.class; one = one.getSuperclass()) {
            for (Field field : one.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !isLeftOut(field)) {
                    field.setAccessible(true);
                    all.add(new Part(field, name(field)));
                }
            }
        }
        return all;
    }

    private static boolean isLeftOut(Field field) {
        Class<?> type = field.getType();
        boolean isSetting = type == PeerGroup.class || type == PeerTimes.class || Rules.class.isAssignableFrom(type);
        // Timers follow from the records and claims, and number their changes.
        return isSetting || type == Timers.class || type == Outbox.class || IDLE.contains(name(field));
    }
}
