package io.coordination.spring.actuate;

import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.LockStatus;
import io.coordination.spring.actuate.CoordinationReport.EndedRow;
import io.coordination.spring.actuate.CoordinationReport.HeldRow;
import io.coordination.spring.actuate.CoordinationReport.Totals;
import io.coordination.spring.actuate.CoordinationReport.WaitingRow;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** What this instance holds, what it waits for, and what has ended. Changes nothing. */
@Endpoint(id = "coordination", defaultAccess = Access.READ_ONLY)
public final class CoordinationEndpoint {

    private static final int DEFAULT_LIMIT = 100;
    private static final int LARGEST_LIMIT = 1000;

    private final CoordinationNode node;
    private final DistributedLockManager locks;
    private final LockHistory history;
    private final @Nullable PeerStatus peers;

    /** @param peers null if no other instances are listed */
    public CoordinationEndpoint(
            CoordinationNode node, DistributedLockManager locks, LockHistory history, @Nullable PeerStatus peers) {
        this.node = node;
        this.locks = locks;
        this.history = history;
        this.peers = peers;
    }

    /**
     * Answers how things stand.
     *
     * @param name only locks of this name; null for all
     * @param limit the most rows of each kind, 1 to {@value #LARGEST_LIMIT}; null for {@value #DEFAULT_LIMIT}
     */
    @ReadOperation
    public CoordinationReport report(@Nullable String name, @Nullable Integer limit) {
        int most = limit == null ? DEFAULT_LIMIT : limit;
        if (most < 1 || most > LARGEST_LIMIT) {
            String reason = "limit is 1 to " + LARGEST_LIMIT + ", but was " + most + ".";
            throw new InvalidEndpointRequestException(reason, reason);
        }
        List<LockStatus> all = locks.locks();
        LockTotals now = LockTotals.of(all);
        return new CoordinationReport(
                node.id(),
                node.scope(),
                node.store(),
                new Totals(now.held(), now.waiting(), now.atRisk(), history.ended(), history.lost()),
                held(named(name, all), most),
                waiting(named(name, all), most),
                ended(name, most),
                peers == null ? null : peers.report());
    }

    private static Stream<LockStatus> named(@Nullable String name, List<LockStatus> locks) {
        return locks.stream()
                .filter(lock -> name == null || lock.resource().name().equals(name));
    }

    private static List<HeldRow> held(Stream<LockStatus> locks, int most) {
        return locks.map(CoordinationEndpoint::heldRow)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparing(HeldRow::since)
                        .thenComparing(HeldRow::name)
                        .thenComparing(HeldRow::key))
                .limit(most)
                .toList();
    }

    private static @Nullable HeldRow heldRow(LockStatus lock) {
        LockStatus.Held held = lock.held();
        return held == null ? null : HeldRow.of(lock, held);
    }

    private static List<WaitingRow> waiting(Stream<LockStatus> locks, int most) {
        return locks.filter(lock -> lock.held() == null && lock.waiting() > 0)
                .map(WaitingRow::of)
                .sorted(Comparator.comparing(WaitingRow::name).thenComparing(WaitingRow::key))
                .limit(most)
                .toList();
    }

    private List<EndedRow> ended(@Nullable String name, int most) {
        return history.newestFirst().stream()
                .filter(lease -> name == null || lease.resource().name().equals(name))
                .limit(most)
                .map(EndedRow::of)
                .toList();
    }
}
