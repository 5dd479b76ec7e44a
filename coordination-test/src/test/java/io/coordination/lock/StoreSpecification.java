package io.coordination.lock;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * What {@link LeaseStore} promises, for one thread and while no time passes: written from its Javadoc, without a look at any
 * store. Who holds, who was told to wait, and the base of the last grant, for tickets that are numbered in their order.
 */
public class StoreSpecification {

    private final Map<Integer, Integer> owners = new HashMap<>();
    private final Map<Integer, Long> bases = new HashMap<>();
    private final Map<Integer, TreeSet<Integer>> queues = new HashMap<>();
    private long lastBase;

    public String acquire(int ticket, int resource) {
        TreeSet<Integer> queue = queue(resource);
        Integer owner = owners.get(resource);
        boolean free = owner == null;
        if (free && (queue.isEmpty() || queue.first() >= ticket)) {
            queue.remove(ticket);
            owners.put(resource, ticket);
            bases.put(resource, ++lastBase);
            return StoreAnswers.granted(lastBase, !queue.isEmpty());
        }
        if (!free && owner == ticket) {
            return StoreAnswers.granted(bases.get(resource), !queue.isEmpty());
        }
        queue.add(ticket);
        return StoreAnswers.busy(free ? null : owner);
    }

    public String renew(int ticket, int resource) {
        Integer owner = owners.get(resource);
        return owner != null && owner == ticket
                ? StoreAnswers.renewed(!queue(resource).isEmpty())
                : StoreAnswers.NOT_HELD;
    }

    public String release(int ticket, int resource) {
        queue(resource).remove(ticket);
        owners.remove(resource, ticket);
        return StoreAnswers.RELEASED;
    }

    private TreeSet<Integer> queue(int resource) {
        return queues.computeIfAbsent(resource, none -> new TreeSet<>());
    }
}
