package io.coordination.test.simulation;

import io.coordination.ProcessId;
import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.LockManagerBuilder;
import io.coordination.peer.PeerGroup;
import io.coordination.peer.PeerLeaseStore;
import io.coordination.peer.PeerLeaseStoreBuilder;
import io.coordination.time.HybridClock;

/** One process: its machine, its member of the group, and the manager above it. */
final class SimulatedProcess {

    final ProcessId id;
    final SimulatedMachine machine;
    final PeerLeaseStore member;
    final DistributedLockManager locks;

    SimulatedProcess(ProcessId id, PeerGroup group, SimulatedMachine machine, SimulatedNetwork network, Nodes nodes) {
        this.id = id;
        this.machine = machine;
        HybridClock clock = new HybridClock();
        this.member = new PeerLeaseStoreBuilder(
                        id,
                        group,
                        machine,
                        machine,
                        envelope -> network.send(id.nodeId(), envelope.to(), () -> {
                            SimulatedProcess to = nodes.running(envelope.to());
                            if (to != null) {
                                to.machine.act(() -> to.member.receive(envelope));
                            }
                        }))
                .clock(clock)
                .build();
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

    @Override
    public String toString() {
        return id.toString();
    }
}
