package io.coordination.spring.actuate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.coordination.lock.EndedLease;
import io.coordination.lock.Holder;
import io.coordination.lock.LockStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoint answers. Its JSON is API: names are not changed, only added.
 *
 * @param node the id of this instance
 * @param scope how far its leases reach
 * @param store what arbitrates them
 * @param totals numbers over all locks, whatever the rows are limited to
 * @param held the leases this instance holds, the oldest first
 * @param waiting the resources this instance waits for while others hold them
 * @param history the leases that ended, the latest first
 * @param peers the other instances; absent if none are listed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CoordinationReport(
        String node,
        String scope,
        String store,
        Totals totals,
        List<HeldRow> held,
        List<WaitingRow> waiting,
        List<EndedRow> history,
        @Nullable PeerReport peers) {

    /**
     * Numbers over all locks of this instance.
     *
     * @param held leases held now
     * @param waiting acquisitions that wait now
     * @param atRisk leases held now whose last renewal failed
     * @param ended leases that ended since the start, lost ones included
     * @param lost leases that were lost since the start
     */
    public record Totals(int held, int waiting, int atRisk, long ended, long lost) {}

    /**
     * Who has, or had, a lease.
     *
     * @param process node id and incarnation
     * @param thread the thread that asked for it
     */
    public record HolderRow(String process, String thread) {

        static HolderRow of(Holder holder) {
            return new HolderRow(holder.process().toString(), holder.thread());
        }
    }

    /**
     * A lease held now.
     *
     * @param token a string: JavaScript numbers are too short for it
     * @param waiting acquisitions of this instance that wait for it
     */
    public record HeldRow(
            String name,
            String key,
            HolderRow holder,
            String token,
            String state,
            Instant since,
            Duration heldFor,
            Duration remaining,
            int waiting) {

        static HeldRow of(LockStatus status, LockStatus.Held held) {
            return new HeldRow(
                    status.resource().name(),
                    status.resource().key(),
                    HolderRow.of(held.holder()),
                    held.token().toString(),
                    inWords(held.state()),
                    held.since(),
                    held.heldFor(),
                    held.remaining(),
                    status.waiting());
        }
    }

    /**
     * A resource that is waited for and not held by this instance.
     *
     * @param heldBy who holds it, as far as the store tells; absent if it does not
     */
    public record WaitingRow(
            String name, String key, int waiting, @Nullable String heldBy) {

        static WaitingRow of(LockStatus status) {
            return new WaitingRow(
                    status.resource().name(), status.resource().key(), status.waiting(), status.heldElsewhere());
        }
    }

    /**
     * A lease that ended.
     *
     * @param end {@code released}, or why it was lost
     */
    public record EndedRow(
            String name, String key, HolderRow holder, String token, Instant since, Duration heldFor, String end) {

        static EndedRow of(EndedLease lease) {
            return new EndedRow(
                    lease.resource().name(),
                    lease.resource().key(),
                    HolderRow.of(lease.holder()),
                    lease.token().toString(),
                    lease.since(),
                    lease.heldFor(),
                    lease.loss() == null ? "released" : inWords(lease.loss()));
        }
    }

    private static String inWords(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
