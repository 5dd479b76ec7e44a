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
            Consumer<? super Envelope> network,
            Consumer<? super PeerLeaseStoreBuilder> how) {
        this.id = id;
        this.group = group;
        this.machine = machine;
        HybridClock clock = new HybridClock();
        PeerLeaseStoreBuilder builder = new PeerLeaseStoreBuilder(id, group, machine, machine, network).clock(clock);
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

    @Override
    public String toString() {
        return id.toString();
    }
}
