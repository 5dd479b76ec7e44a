package io.coordination.peer;

import java.util.Map;
import java.util.TreeMap;

/** The newest incarnation that a process knows of each voter. It only rises, and it bounds whose grants still count. */
class Incarnations {

    private final PeerGroup group;
    private final Map<String, Long> newest = new TreeMap<>();
    private Map<String, Long> snapshot = Map.of();

    Incarnations(PeerGroup group) {
        this.group = group;
    }

    void learn(String node, long incarnation) {
        if (group.isVoter(node) && newest.getOrDefault(node, Long.MIN_VALUE) < incarnation) {
            newest.put(node, incarnation);
            snapshot = Map.copyOf(newest);
        }
    }

    void learn(Map<String, Long> others) {
        // Most often it is what was known before.
        if (!others.equals(snapshot)) {
            others.forEach(this::learn);
        }
    }

    long of(String node) {
        return newest.getOrDefault(node, Long.MIN_VALUE);
    }

    Map<String, Long> all() {
        return snapshot;
    }
}
