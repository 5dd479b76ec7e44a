package io.coordination.lock;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What one process may do where it alone asks: one acquisition at a time has a resource. */
public class PeerStoreSpecification {

    private final Map<Integer, Integer> holders = new HashMap<>();

    public String acquire(int ticket, int resource) {
        return holders.computeIfAbsent(resource, free -> ticket) == ticket ? "granted" : "busy";
    }

    public String renew(int ticket, int resource) {
        return Integer.valueOf(ticket).equals(holders.get(resource)) ? "renewed" : "not held";
    }

    public void release(int ticket, int resource) {
        holders.remove(resource, ticket);
    }

    public String read() {
        TreeMap<String, Integer> leased = new TreeMap<>();
        holders.forEach((resource, ticket) -> leased.put("A-" + (resource + 1), ticket));
        return leased.keySet().toString();
    }
}
