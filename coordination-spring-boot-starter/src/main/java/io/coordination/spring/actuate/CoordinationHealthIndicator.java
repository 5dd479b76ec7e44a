package io.coordination.spring.actuate;

import io.coordination.lock.DistributedLockManager;
import io.coordination.peer.PeerState;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Up while locks can be taken; its details say how far they reach and how many are held, waited for and at risk. Where instances
 * arbitrate: out of service while the own vote does not count yet, down without a majority.
 */
public final class CoordinationHealthIndicator extends AbstractHealthIndicator {

    private final CoordinationNode node;
    private final DistributedLockManager locks;

    private final @Nullable PeerStatus peers;

    /** @param peers null if no other instances are listed */
    public CoordinationHealthIndicator(
            CoordinationNode node, DistributedLockManager locks, @Nullable PeerStatus peers) {
        super("The state of coordination could not be read");
        this.node = node;
        this.locks = locks;
        this.peers = peers;
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
        if (peers != null) {
            add(peers, builder);
        }
    }

    private static void add(PeerStatus peers, Health.Builder builder) {
        PeerState state = peers.state();
        if (state == PeerState.RECOVERING) {
            builder.outOfService();
        } else if (state == PeerState.SUPERSEDED || !peers.hasQuorum()) {
            builder.down();
        }
        builder.withDetail("state", state.name().toLowerCase(Locale.ROOT))
                .withDetail("votersUp", peers.votersUp() + " of " + peers.voters())
                .withDetail("tokensRiseBy", peers.tokensRiseBy());
    }
}
