package io.coordination.peer;

import java.util.Map;
import java.util.TreeMap;

/** Why voters do not listen to this process, in their own words; for people. Forgotten when a voter listens again. */
final class Refusals {

    private final PeerGroup group;
    private final Map<String, String> reasons = new TreeMap<>();

    Refusals(PeerGroup group) {
        this.group = group;
    }

    void refused(String node, String reason) {
        if (group.isVoter(node)) {
            reasons.put(node, reason);
        }
    }

    void listens(String node) {
        reasons.remove(node);
    }

    Map<String, String> all() {
        return Map.copyOf(reasons);
    }
}
