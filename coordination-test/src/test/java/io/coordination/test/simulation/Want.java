package io.coordination.test.simulation;

import io.coordination.lock.Lease;
import io.coordination.lock.LeaseLoss;
import io.coordination.lock.LockOptions;
import io.coordination.lock.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One acquisition by one process, and when what became of it. */
final class Want {

    final SimulatedProcess process;

    /** True time. */
    final long askedAt;

    private final List<LeaseLoss> losses = new ArrayList<>();
    private final Agenda agenda;
    private long settledAt = Long.MAX_VALUE;
    private @Nullable Lease lease;
    private @Nullable Throwable refused;

    @SuppressWarnings("FutureReturnValueIgnored") // both outcomes are kept
    Want(SimulatedProcess process, Resource resource, LockOptions options, Agenda agenda) {
        this.process = process;
        this.agenda = agenda;
        this.askedAt = agenda.now();
        process.locks.acquireAsync(resource, options).whenComplete((granted, failure) -> {
            settledAt = agenda.now();
            lease = granted;
            refused = failure;
            if (granted != null) {
                granted.onLost(losses::add);
            }
        });
    }

    boolean isServed() {
        return lease != null;
    }

    boolean isRefused() {
        return refused != null;
    }

    Lease lease() {
        return Objects.requireNonNull(lease, "not served");
    }

    Throwable refused() {
        return Objects.requireNonNull(refused, "not refused");
    }

    List<LeaseLoss> losses() {
        return losses;
    }

    long settledAt() {
        return settledAt;
    }

    /** How long it took, in message delays. */
    double delays() {
        return (double) (settledAt - askedAt) / SimulatedCluster.DELAY;
    }

    /** Gives it back; how long until the other has it, in message delays. */
    double handOverTo(Want next, SimulatedCluster cluster) {
        long released = agenda.now();
        lease().close();
        cluster.passUntil(next::isServed, 10 * SimulatedCluster.LEASE.toNanos());
        return (double) (next.settledAt - released) / SimulatedCluster.DELAY;
    }
}
