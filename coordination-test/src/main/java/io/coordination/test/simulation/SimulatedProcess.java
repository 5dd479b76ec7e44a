package io.coordination.test.simulation;

import io.coordination.ProcessId;
import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.LockManagerBuilder;
import io.coordination.peer.Envelope;
import io.coordination.peer.PeerGroup;
import io.coordination.peer.PeerLeaseStore;
import io.coordination.peer.PeerLeaseStoreBuilder;
import io.coordination.time.HybridClock;
import java.util.function.Consumer;

/** One process: its machine, its member of the group, and the manager above it. */
final class SimulatedProcess {

    final ProcessId id;
    final PeerGroup group;
    final SimulatedMachine machine;
    final PeerLeaseStore member;
    final DistributedLockManager locks;

    /** @param how what else its member is made from */
    SimulatedProcess(
            ProcessId id,
            PeerGroup group,
            SimulatedMachine machine,
            SimulatedNetwork network,
            Nodes nodes,
            Consumer<PeerLeaseStoreBuilder> how) {
        this.id = id;
        this.group = group;
        this.machine = machine;
        HybridClock clock = new HybridClock();
        PeerLeaseStoreBuilder builder = new PeerLeaseStoreBuilder(
                        id,
                        group,
                        machine,
                        machine,
                        envelope -> network.send(id.nodeId(), envelope.to(), () -> arrive(envelope, nodes)))
                .clock(clock);
        how.accept(builder);
        this.member = builder.build();
        this.locks = new LockManagerBuilder()
                .process(id)
                .clock(clock)
                .store(member)
                .timeSource(machine)
                .scheduler(machine)
                .executor(Runnable::run)
                .build();
        member.start();
    }

    private static void arrive(Envelope envelope, Nodes nodes) {
        SimulatedProcess to = nodes.addressed(envelope);
        if (to != null) {
            to.machine.act(() -> to.member.receive(envelope));
        }
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
