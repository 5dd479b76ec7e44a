package io.coordination.peer;

import io.coordination.ProcessId;
import io.coordination.channel.Channel;
import io.coordination.channel.Destination;
import io.coordination.channel.Lane;
import io.coordination.time.HybridClock;
import io.coordination.time.Scheduler;
import io.coordination.time.TimeSource;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a process of a group is made from. Not safe for several threads. */
public final class PeerLeaseStoreBuilder {

    private static final Destination LEASES = new Destination("leases");

    final ProcessId self;
    final PeerGroup group;
    final TimeSource time;
    final Scheduler scheduler;
    final Consumer<? super Envelope> network;
    HybridClock clock = new HybridClock();
    PeerTimes times;

    @Nullable
    TokenCeiling tokenCeiling;

    private @Nullable Channel channel;
    private List<String> previousVoters = List.of();
    private boolean fresh;

    /**
     * @param network takes what goes to other nodes; must not block and not throw
     */
    public PeerLeaseStoreBuilder(
            ProcessId self, PeerGroup group, TimeSource time, Scheduler scheduler, Consumer<? super Envelope> network) {
        this.self = Objects.requireNonNull(self, "self");
        this.group = Objects.requireNonNull(group, "group");
        this.time = Objects.requireNonNull(time, "time");
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        this.network = Objects.requireNonNull(network, "network");
        this.times = PeerTimes.of(group);
    }

    /** A process that talks to the others over a channel, from which it also hears. */
    public static PeerLeaseStoreBuilder over(
            Channel channel, ProcessId self, PeerGroup group, TimeSource time, Scheduler scheduler) {
        PeerLeaseStoreBuilder builder = new PeerLeaseStoreBuilder(
                self,
                group,
                time,
                scheduler,
                envelope -> channel.send(envelope.to(), Lane.CONTROL, LEASES, PeerWire.encode(envelope)));
        builder.channel = channel;
        return builder;
    }

    /** The hybrid clock of the process, from which the tickets of its manager come as well. */
    public PeerLeaseStoreBuilder clock(HybridClock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    /** Where this voter keeps a bound of the tokens it has granted; without it, it relies on its wall clock after a restart. */
    public PeerLeaseStoreBuilder tokenCeiling(TokenCeiling tokenCeiling) {
        this.tokenCeiling = Objects.requireNonNull(tokenCeiling, "tokenCeiling");
        return this;
    }

    /**
     * The voters that the processes before this one knew, while the list is being changed: this voter then comes in by waiting
     * only. Empty, or the list of now, if it does not change.
     *
     * @throws IllegalArgumentException if more than one voter has come or gone
     */
    public PeerLeaseStoreBuilder previousVoters(List<String> previousVoters) {
        requireOneStep(group, previousVoters);
        this.previousVoters = List.copyOf(new TreeSet<>(previousVoters));
        return this;
    }

    /**
     * Whether all voters that start anew together may vote at once. Only where no process of a voter can have survived, and no
     * member without a vote may ask.
     */
    public PeerLeaseStoreBuilder fresh(boolean fresh) {
        requireFresh(group, fresh);
        this.fresh = fresh;
        return this;
    }

    /** @throws IllegalArgumentException if voters of this group may not begin anew */
    public static void requireFresh(PeerGroup group, boolean fresh) {
        if (fresh && group.workersMayAsk()) {
            throw new IllegalArgumentException(
                    "A fresh start is not possible where workers may ask: a worker could still hold"
                            + " a lease from before. Set coordination.peers.workers=false, or coordination.peers.fresh=false.");
        }
    }

    /** Begins to recover, if the process has a vote; see {@link PeerLeaseStore#start}. */
    public PeerLeaseStore build() {
        PeerLeaseStore store = new PeerLeaseStore(this);
        if (channel != null) {
            channel.receive(LEASES, (from, body) -> store.receive(PeerWire.decode(from, self.nodeId(), body)));
        }
        return store;
    }

    Recovery.Way way(Rules rules) {
        if (!previousVoters.isEmpty() && !previousVoters.equals(group.voters())) {
            return rules.wayAfterChange();
        }
        return fresh ? Recovery.Way.FRESH : Recovery.Way.READ_OR_WAIT;
    }

    /** @throws IllegalArgumentException if more than one voter has come or gone */
    public static void requireOneStep(PeerGroup group, List<String> previous) {
        if (previous.isEmpty()) {
            return;
        }
        TreeSet<String> come = new TreeSet<>(group.voters());
        come.removeAll(previous);
        TreeSet<String> gone = new TreeSet<>(previous);
        gone.removeAll(group.voters());
        if (come.size() + gone.size() > 1) {
            throw new IllegalArgumentException("The voters change by one at a time, but from " + new TreeSet<>(previous)
                    + " to " + group.voters() + " " + come.size() + " come " + come + " and " + gone.size() + " go "
                    + gone
                    + ". Roll out one change after another, each to all instances; or stop all instances for "
                    + group.longestGrant() + " and leave coordination.peers.previous-members empty.");
        }
    }
}
