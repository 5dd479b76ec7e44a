package io.coordination.channel;

import io.coordination.ProcessId;
import io.coordination.lock.AcquireAnswer;
import io.coordination.lock.LeaseRequest;
import io.coordination.lock.LeaseStore;
import io.coordination.lock.ReleaseAnswer;
import io.coordination.lock.RenewAnswer;
import io.coordination.lock.Resource;
import io.coordination.lock.Ticket;
import io.coordination.lock.WakeUps;
import io.coordination.peer.PeerGroup;
import io.coordination.peer.PeerLeaseStore;
import io.coordination.peer.PeerLeaseStoreBuilder;
import io.coordination.peer.PeerState;
import io.coordination.test.StoreUnderTest;
import io.coordination.time.Moment;
import io.coordination.time.Scheduler;
import io.coordination.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Three voters, and a worker for each process that asks, over links in virtual time: what is said is encoded, sent, and read
 * again. The network has no delay, so that answers come at the moment of the call.
 */
final class ChannelPeers implements StoreUnderTest, LeaseStore, WakeUps {

    private static final List<String> VOTERS = List.of("voter-1", "voter-2", "voter-3");

    private final SimulatedChannels network = new SimulatedChannels(Duration.ZERO, Long.MAX_VALUE);
    private final Map<String, PeerChannel> channels = new TreeMap<>();
    private final Map<String, PeerLeaseStore> stores = new TreeMap<>();
    private final List<Consumer<? super Resource>> listeners = new CopyOnWriteArrayList<>();
    private final PeerGroup group = new PeerGroup(VOTERS, Duration.ofSeconds(60), Duration.ofSeconds(1), true);

    ChannelPeers() {
        // A machine that is suspended is that of those who ask: the voters run on others.
        TimeSource elsewhere = () -> {
            Moment now = network.time.now();
            return new Moment(now.nanos(), 1_700_000_000_000_000L + now.nanos() / 1_000);
        };
        VOTERS.forEach(voter -> start(new ProcessId(voter, 1), elsewhere));
        network.time.advance(Duration.ofSeconds(65));
        List.of("a", "b").forEach(node -> start(new ProcessId(node, 1), network.time));
    }

    @Override
    public LeaseStore store() {
        return this;
    }

    @Override
    public @Nullable WakeUps wakeUps() {
        return this;
    }

    @Override
    public TimeSource time() {
        return network.time;
    }

    @Override
    public Scheduler scheduler() {
        return network.time;
    }

    @Override
    public void pass(Duration duration) {
        network.time.advance(duration);
    }

    @Override
    public Duration slack() {
        return Duration.ofMillis(100);
    }

    @Override
    public void acquire(LeaseRequest request, Consumer<? super AcquireAnswer> reply) {
        PeerLeaseStore store = storeOf(request.ticket());
        answered(reply, answer -> store.acquire(request, answer));
    }

    @Override
    public void renew(LeaseRequest request, Consumer<? super RenewAnswer> reply) {
        PeerLeaseStore store = storeOf(request.ticket());
        answered(reply, answer -> store.renew(request, answer));
    }

    @Override
    public void release(Resource resource, Ticket ticket, Consumer<? super ReleaseAnswer> reply) {
        storeOf(ticket).release(resource, ticket, reply);
        network.time.advance(Duration.ZERO);
    }

    @Override
    public Duration longestLease() {
        return group.longestGrant();
    }

    @Override
    public Subscription subscribe(Consumer<? super Resource> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private <A> void answered(Consumer<? super A> reply, Consumer<Consumer<A>> call) {
        AtomicBoolean done = new AtomicBoolean();
        call.accept(answer -> {
            done.set(true);
            reply.accept(answer);
        });
        network.time.advance(Duration.ZERO);
        network.await("an answer", done::get);
    }

    private PeerLeaseStore storeOf(Ticket ticket) {
        PeerLeaseStore store = stores.get(ticket.owner().nodeId());
        return store != null ? store : start(ticket.owner(), network.time);
    }

    private PeerLeaseStore start(ProcessId process, TimeSource clocks) {
        Map<String, URI> members = new TreeMap<>();
        VOTERS.forEach(voter -> members.put(voter, network.address(voter)));
        // Links compare clocks; those that are suspended by a test are not theirs.
        PeerChannel channel = new PeerChannelBuilder(
                        process, network.transport(process.nodeId()), network.time, network.scheduler())
                .members(members)
                .secret(Secret.of("a secret for tests only"))
                .build();
        PeerLeaseStore store = PeerLeaseStoreBuilder.over(channel, process, group, clocks, network.scheduler())
                .build();
        WakeUps.Subscription unused =
                store.subscribe(resource -> listeners.forEach(listener -> listener.accept(resource)));
        channels.put(process.nodeId(), channel);
        stores.put(process.nodeId(), store);
        channel.start();
        store.start();
        if (!VOTERS.contains(process.nodeId())) {
            network.await("links", () -> channel.members().stream().allMatch(m -> m.state() == MemberState.UP));
            network.await("a worker may ask", () -> store.state() == PeerState.READY);
        }
        return store;
    }
}
