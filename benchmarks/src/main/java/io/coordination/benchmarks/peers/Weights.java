package io.coordination.benchmarks.peers;

import io.coordination.ProcessId;
import io.coordination.benchmarks.report.Heap;
import io.coordination.channel.PeerChannel;
import io.coordination.channel.PeerChannelBuilder;
import io.coordination.lock.Lease;
import io.coordination.lock.Resource;
import io.coordination.runtime.SystemScheduler;
import io.coordination.runtime.SystemTimeSource;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is on the heap for a lease that is held, and for a link. */
final class Weights {

    private static final int LEASES = 2_000;
    private static final int LINKS = 40;

    private Weights() {}

    /** Its holder, its claim, and what three voters have in mind of it. */
    static double perLease() throws IOException, InterruptedException {
        Voters voters = new Voters();
        try {
            var manager = voters.nodes().get(0).manager();
            hold(voters, "before").forEach(Lease::close);
            long before = Heap.used();
            List<Lease> leases = hold(voters, "seat");
            double each = (double) Heap.grownSince(before, leases) / LEASES;
            leases.forEach(Lease::close);
            assert manager.locks().isEmpty();
            return each;
        } finally {
            voters.close();
        }
    }

    private static List<Lease> hold(Voters voters, String name) throws InterruptedException {
        List<Lease> leases = new ArrayList<>(LEASES);
        for (int i = 0; i < LEASES; i++) {
            leases.add(voters.nodes().get(0).manager().acquire(Resource.of(name, Integer.toString(i)), Voters.PATIENT));
        }
        return leases;
    }

    /** Both ends of it; what a transport has without links is not counted. */
    static double perLink() throws IOException, InterruptedException {
        SystemTimeSource time = new SystemTimeSource();
        SystemScheduler timer = new SystemScheduler(time);
        int port = FreePorts.find();
        Map<String, URI> members = Map.of("hub", URI.create("ws://" + RawEcho.loopback() + ":" + port));
        List<PeerChannel> workers = new ArrayList<>();
        PeerChannel hub = channel("hub", port, members, time, timer);
        try {
            hub.start();
            for (int i = 0; i <= LINKS; i++) {
                workers.add(channel("worker-" + i, 0, members, time, timer));
            }
            // The first link brings classes and buffers that all have in common.
            workers.get(LINKS).start();
            Patience.until(() -> hub.counts().opened() == 1, "the first link is up");
            long before = Heap.used();
            workers.subList(0, LINKS).forEach(PeerChannel::start);
            Patience.until(() -> hub.counts().opened() == LINKS + 1, "all links are up");
            return (double) Heap.grownSince(before, workers) / LINKS;
        } finally {
            workers.forEach(PeerChannel::close);
            hub.close();
            timer.close();
        }
    }

    private static PeerChannel channel(
            String node, int port, Map<String, URI> members, SystemTimeSource time, SystemScheduler timer) {
        return new PeerChannelBuilder(
                        new ProcessId(node, System.currentTimeMillis()), Voters.transport(port), time, timer)
                .members(members)
                .secret(Voters.SECRET)
                .build();
    }
}
