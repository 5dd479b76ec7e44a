package io.coordination.channel;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How often what has happened to links and messages since the start. Safe for any thread. */
public final class ChannelCounts {

    private final Map<Cause, LongAdder> refused = new EnumMap<>(Cause.class);
    private final Map<Lane, LongAdder> dropped = new EnumMap<>(Lane.class);
    private final LongAdder opened = new LongAdder();
    private final LongAdder dialFailures = new LongAdder();

    ChannelCounts() {
        for (Cause cause : Cause.values()) {
            refused.put(cause, new LongAdder());
        }
        for (Lane lane : Lane.values()) {
            dropped.put(lane, new LongAdder());
        }
    }

    /** Links and pipes that were refused by this process. */
    public long refused(Cause cause) {
        return count(refused, cause).sum();
    }

    /** Messages that this process did not send, as there was no link or no room. */
    public long dropped(Lane lane) {
        return count(dropped, lane).sum();
    }

    /** Links that came up. */
    public long opened() {
        return opened.sum();
    }

    /** Times that another node was dialed in vain. */
    public long dialFailures() {
        return dialFailures.sum();
    }

    void wasRefused(Cause cause) {
        count(refused, cause).increment();
    }

    void wasDropped(Lane lane) {
        count(dropped, lane).increment();
    }

    void wasOpened() {
        opened.increment();
    }

    void failedToDial() {
        dialFailures.increment();
    }

    private static <K> LongAdder count(Map<K, LongAdder> counts, K key) {
        LongAdder count = counts.get(key);
        if (count == null) {
            throw new IllegalStateException("No count of " + key);
        }
        return count;
    }
}
