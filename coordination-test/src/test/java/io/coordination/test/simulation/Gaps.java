package io.coordination.test.simulation;

import io.coordination.lock.Resource;

/** A process that takes a lock and gives it back again and again; how long it had to wait for it. */
final class Gaps {

    private static final long HOLD = 5 * SimulatedCluster.MILLIS;

    private final SimulatedCluster cluster;
    private final String node;
    private final Resource resource;
    private long askedAt;
    private long longest;
    private int acquired;

    Gaps(SimulatedCluster cluster, String node, Resource resource) {
        this.cluster = cluster;
        this.node = node;
        this.resource = resource;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a refusal would end it, and be seen as a wait without an end
    void begin() {
        askedAt = cluster.now();
        cluster.process(node)
                .locks
                .acquireAsync(resource, SimulatedCluster.PATIENT)
                .thenAccept(lease -> {
                    longest = longest();
                    acquired++;
                    cluster.in(HOLD, () -> {
                        lease.close();
                        begin();
                    });
                    askedAt = Long.MAX_VALUE;
                });
    }

    /** Of those that have ended and of the one that goes on. */
    long longest() {
        return askedAt == Long.MAX_VALUE ? longest : Math.max(longest, cluster.now() - askedAt);
    }

    int acquired() {
        return acquired;
    }
}
