package io.coordination.peer;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** When each of many things wants its next look. Those that want none are not in it. */
final class Timers<K> {

    static final long NEVER = Long.MAX_VALUE;

    private final Map<K, Timer<K>> set = new HashMap<>();
    private final TreeSet<Timer<K>> inOrder = new TreeSet<>();
    private long numbers;

    void set(K key, long at) {
        Timer<K> known = set.get(key);
        if (known != null && known.at == at) {
            return;
        }
        if (known != null) {
            inOrder.remove(known);
            set.remove(key);
        }
        if (at != NEVER) {
            Timer<K> timer = new Timer<>(key, at, numbers++);
            set.put(key, timer);
            inOrder.add(timer);
        }
    }

    long due() {
        return inOrder.isEmpty() ? NEVER : inOrder.first().at;
    }

    /** Takes out the one that has been due for longest; null if none is. */
    @Nullable
    K takeDue(long now) {
        if (due() > now) {
            return null;
        }
        Timer<K> first = inOrder.first();
        inOrder.remove(first);
        set.remove(first.key);
        return first.key;
    }

    private record Timer<K>(K key, long at, long number) implements Comparable<Timer<K>> {

        @Override
        public int compareTo(Timer<K> other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
        }
    }
}
