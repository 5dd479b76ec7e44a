package io.coordination.channel;

import io.coordination.ProcessId;
import io.coordination.runtime.SecureNonces;
import io.coordination.time.Scheduler;
import io.coordination.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a {@link PeerChannel} is made from. Not safe for several threads. */
public final class PeerChannelBuilder {

    private static final List<Integer> VERSIONS = List.of(1);

    final Transport transport;
    final TimeSource time;
    final Scheduler scheduler;
    Map<String, URI> members = Map.of();
    LinkTimes times = LinkTimes.DEFAULT;
    private final ProcessId self;
    private String cluster = "default";
    private String group = "none";
    private Duration maxClockDifference = Duration.ofSeconds(1);
    private List<Integer> versions = VERSIONS;
    private Supplier<String> nonces = new SecureNonces();

    private @Nullable Secret secret;

    /** @param transport is closed with the channel */
    public PeerChannelBuilder(ProcessId self, Transport transport, TimeSource time, Scheduler scheduler) {
        this.self = Objects.requireNonNull(self, "self");
        this.transport = Objects.requireNonNull(transport, "transport");
        this.time = Objects.requireNonNull(time, "time");
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
    }

    /** The nodes that can be dialed, this one included if it can. Of two of them, the one with the smaller id dials. */
    public PeerChannelBuilder members(Map<String, URI> members) {
        this.members = new TreeMap<>(members);
        return this;
    }

    /** Only processes of the same cluster link. */
    public PeerChannelBuilder cluster(String cluster) {
        this.cluster = Objects.requireNonNull(cluster, "cluster");
        return this;
    }

    /** What is shown as what others need to have in common with this process to share leases. */
    public PeerChannelBuilder group(String group) {
        this.group = Objects.requireNonNull(group, "group");
        return this;
    }

    /** What all processes of the cluster know; without it, the transport has to show certificates both ways. */
    public PeerChannelBuilder secret(Secret secret) {
        this.secret = Objects.requireNonNull(secret, "secret");
        return this;
    }

    /** Whoever's wall clock is further off is not linked. */
    public PeerChannelBuilder maxClockDifference(Duration maxClockDifference) {
        this.maxClockDifference = Objects.requireNonNull(maxClockDifference, "maxClockDifference");
        return this;
    }

    /** For tests of what comes after this version. */
    PeerChannelBuilder versions(List<Integer> versions) {
        this.versions = List.copyOf(versions);
        return this;
    }

    PeerChannelBuilder times(LinkTimes times) {
        this.times = times;
        return this;
    }

    /** Texts that nobody can guess and that never come again; by default from the machine's secure source. */
    public PeerChannelBuilder nonces(Supplier<String> nonces) {
        this.nonces = Objects.requireNonNull(nonces, "nonces");
        return this;
    }

    /** A channel that says and hears nothing before it is started. */
    public PeerChannel build() {
        return new PeerChannel(this);
    }

    LinkIdentity identity() {
        return new LinkIdentity(self, cluster, group, secret, versions, maxClockDifference, nonces);
    }
}
