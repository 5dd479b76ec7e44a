package io.coordination.benchmarks.peers;

import io.coordination.ProcessId;
import io.coordination.channel.PeerChannel;
import io.coordination.channel.PeerChannelBuilder;
import io.coordination.channel.Secret;
import io.coordination.channel.Transport;
import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.Lease;
import io.coordination.lock.LockManagerBuilder;
import io.coordination.lock.LockOptions;
import io.coordination.lock.Resource;
import io.coordination.peer.PeerGroup;
import io.coordination.peer.PeerLeaseStore;
import io.coordination.peer.PeerLeaseStoreBuilder;
import io.coordination.peer.PeerState;
import io.coordination.runtime.SystemScheduler;
import io.coordination.runtime.SystemTimeSource;
import io.coordination.stomp.StompTransport;
import io.coordination.time.HybridClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The product: three voters in this JVM, put together as the starter does, over WebSockets on the loopback, with a secret. */
final class Voters implements Locks {

    static final Secret SECRET = Secret.of("a secret of the benchmark");

    /** A benchmark of waiting must not end by giving up. */
    static final LockOptions PATIENT =
            LockOptions.defaults().withWaitAtMost(Duration.ofMinutes(5)).withLease(Duration.ofSeconds(10));

    private static final Duration GRANT = Duration.ofSeconds(10);

    private final List<Node> nodes = new ArrayList<>();

    /** One instance. */
    record Node(SystemScheduler timer, PeerChannel channel, PeerLeaseStore store, DistributedLockManager manager) {}

    Voters() throws IOException, InterruptedException {
        this(transport -> transport, port -> port);
    }

    /**
     * @param around what is put around each transport
     * @param dialedAt the port at which others dial whoever listens at a port
     */
    Voters(UnaryOperator<Transport> around, IntUnaryOperator dialedAt) throws IOException, InterruptedException {
        Map<String, URI> members = new TreeMap<>();
        Map<String, Integer> ports = new TreeMap<>();
        for (int i = 0; i < INSTANCES; i++) {
            int port = FreePorts.find();
            ports.put("node-" + i, port);
            members.put("node-" + i, URI.create("ws://" + RawEcho.loopback() + ":" + dialedAt.applyAsInt(port)));
        }
        SystemTimeSource time = new SystemTimeSource();
        PeerGroup group = new PeerGroup(List.copyOf(members.keySet()), GRANT, Duration.ofSeconds(1), false);
        ports.forEach((node, port) -> nodes.add(node(node, port, members, group, time, around)));
        for (Node node : nodes) {
            node.channel.start();
            node.store.start();
        }
        for (Node node : nodes) {
            Patience.until(() -> node.store.state() == PeerState.READY, "a voter votes");
        }
    }

    private static Node node(
            String name,
            int port,
            Map<String, URI> members,
            PeerGroup group,
            SystemTimeSource time,
            UnaryOperator<Transport> around) {
        ProcessId self = new ProcessId(name, System.currentTimeMillis());
        SystemScheduler timer = new SystemScheduler(time);
        HybridClock clock = new HybridClock();
        PeerChannel channel = new PeerChannelBuilder(self, around.apply(transport(port)), time, timer)
                .members(members)
                .group(Long.toHexString(group.fingerprint()))
                .secret(SECRET)
                .build();
        PeerLeaseStore store = PeerLeaseStoreBuilder.over(channel, self, group, time, timer)
                .clock(clock)
                .fresh(true)
                .build();
        DistributedLockManager manager = new LockManagerBuilder()
                .process(self)
                .clock(clock)
                .timeSource(time)
                .store(store)
                .build();
        return new Node(timer, channel, store, manager);
    }

    static StompTransport transport(int port) {
        return new StompTransport(
                new StompTransport.Settings(port, InetAddress.getLoopbackAddress(), null, null),
                (cause, reason, remote) -> System.err.println("refused " + remote + ": " + reason));
    }

    List<Node> nodes() {
        return nodes;
    }

    @Override
    public Client client(int instance) {
        return new LeaseClient(nodes.get(instance).manager);
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.manager.close());
        nodes.forEach(node -> node.store.close());
        nodes.forEach(node -> node.channel.close());
        nodes.forEach(node -> node.timer.close());
    }

    private static final class LeaseClient implements Client {

        private final DistributedLockManager manager;
        private @Nullable Lease lease;

        LeaseClient(DistributedLockManager manager) {
            this.manager = manager;
        }

        @Override
        public void take(String name) throws InterruptedException {
            lease = manager.acquire(Resource.named(name), PATIENT);
        }

        @Override
        public void giveBack() {
            Lease held = lease;
            if (held != null) {
                held.close();
            }
        }
    }
}
