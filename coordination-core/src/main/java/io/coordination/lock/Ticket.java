package io.coordination.lock;

import io.coordination.ProcessId;
import java.util.Comparator;

/**
 * The place of a request among all that want a resource, and its identity: the earlier timestamp goes first, the owner id
 * decides between equal ones. A process never uses a timestamp twice, so a ticket names one acquisition for ever.
 *
 * @param micros microseconds of the hybrid clock of the process
 * @param owner the process that asks
 */
public record Ticket(long micros, ProcessId owner) implements Comparable<Ticket> {

    private static final Comparator<Ticket> ORDER =
            Comparator.comparingLong(Ticket::micros).thenComparing(Ticket::owner);

    @Override
    public int compareTo(Ticket other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return owner + "@" + micros;
    }
}
