package io.coordination.spring.metrics;

import io.coordination.channel.Cause;
import io.coordination.channel.Lane;
import io.coordination.channel.Member;
import io.coordination.channel.MemberState;
import io.coordination.channel.PeerChannel;
import io.coordination.peer.PeerLeaseStore;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The meters of links to other instances, and of the vote.
 *
 * <ul>
 *   <li>{@code coordination.peers.members}: gauge of other instances, by {@code state}
 *   <li>{@code coordination.peers.round.trip}: gauge of the last ping, by {@code node}, for those that are listed
 *   <li>{@code coordination.peers.links}: counter of links that came up; more than there are members: reconnects
 *   <li>{@code coordination.peers.dial.failures}: counter of attempts to link in vain
 *   <li>{@code coordination.peers.queued}: gauge of messages that wait, by {@code lane}
 *   <li>{@code coordination.peers.dropped}: counter of messages not sent, by {@code lane}
 *   <li>{@code coordination.peers.refused}: counter of what others said and was refused, by {@code cause}
 *   <li>{@code coordination.peers.records}: gauge of resources that the vote has in mind
 *   <li>{@code coordination.peers.claims}: gauge of resources that this instance wants or holds
 * </ul>
 */
public final class PeerMeters {

    private static final String PREFIX = "coordination.peers.";

    private final PeerChannel channel;
    private final @Nullable PeerLeaseStore store;
    private final List<String> listed;

    /**
     * @param store null if the instances do not arbitrate
     * @param listed the node ids of other instances that have a meter of their own
     */
    public PeerMeters(PeerChannel channel, @Nullable PeerLeaseStore store, List<String> listed) {
        this.channel = channel;
        this.store = store;
        this.listed = List.copyOf(listed);
    }

    /** Registers the meters. */
    public void bindTo(MeterRegistry registry) {
        for (MemberState state : MemberState.values()) {
            Gauge.builder(PREFIX + "members", channel, links -> count(links, state))
                    .tag("state", lower(state))
                    .register(registry);
        }
        for (String node : listed) {
            TimeGauge.builder(PREFIX + "round.trip", channel, TimeUnit.NANOSECONDS, links -> roundTrip(links, node))
                    .tag("node", node)
                    .register(registry);
        }
        for (Lane lane : Lane.values()) {
            Gauge.builder(PREFIX + "queued", channel, links -> links.waiting(lane))
                    .tag("lane", lower(lane))
                    .register(registry);
            FunctionCounter.builder(
                            PREFIX + "dropped", channel, links -> links.counts().dropped(lane))
                    .tag("lane", lower(lane))
                    .register(registry);
        }
        for (Cause cause : Cause.values()) {
            FunctionCounter.builder(
                            PREFIX + "refused", channel, links -> links.counts().refused(cause))
                    .tag("cause", lower(cause))
                    .register(registry);
        }
        FunctionCounter.builder(
                        PREFIX + "links", channel, links -> links.counts().opened())
                .register(registry);
        FunctionCounter.builder(
                        PREFIX + "dial.failures",
                        channel,
                        links -> links.counts().dialFailures())
                .register(registry);
        if (store != null) {
            Gauge.builder(PREFIX + "records", store, PeerLeaseStore::records).register(registry);
            Gauge.builder(PREFIX + "claims", store, PeerLeaseStore::claims).register(registry);
        }
    }

    private static double count(PeerChannel channel, MemberState state) {
        return channel.members().stream()
                .filter(member -> member.state() == state)
                .count();
    }

    private static double roundTrip(PeerChannel channel, String node) {
        return channel.members().stream()
                .filter(member -> member.node().equals(node))
                .map(Member::roundTrip)
                .mapToDouble(trip -> trip == null ? Double.NaN : nanos(trip))
                .findFirst()
                .orElse(Double.NaN);
    }

    private static double nanos(Duration duration) {
        return duration.toNanos();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
