package io.coordination.spring.actuate;

import io.coordination.lock.DistributedLockManager;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Up while locks can be taken; its details say how far they reach and how many are held, waited for and at risk. */
public final class CoordinationHealthIndicator extends AbstractHealthIndicator {

    private final CoordinationNode node;
    private final DistributedLockManager locks;

    public CoordinationHealthIndicator(CoordinationNode node, DistributedLockManager locks) {
        super("The state of coordination could not be read");
        this.node = node;
        this.locks = locks;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        LockTotals totals = LockTotals.of(locks.locks());
        builder.up()
                .withDetail("node", node.id())
                .withDetail("scope", node.scope())
                .withDetail("store", node.store())
                .withDetail("held", totals.held())
                .withDetail("waiting", totals.waiting())
                .withDetail("atRisk", totals.atRisk());
    }
}
