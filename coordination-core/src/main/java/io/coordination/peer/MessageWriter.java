package io.coordination.peer;

import io.coordination.ProcessId;
import io.coordination.lock.FencingToken;
import io.coordination.lock.Resource;
import io.coordination.lock.Ticket;
import io.coordination.peer.PeerMessage.KnownLease;
import io.coordination.peer.PeerMessage.Standing;
import io.coordination.time.Moment;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes the values that lease messages of one process are made of. */
final class MessageWriter extends WireWriter {

    /** No process; only where there may be none. */
    static final int NOBODY = 0;

    /** The process that sends. */
    static final int SENDER = 1;

    /** A process that is spelled out. */
    static final int OTHER = 2;

    /** The process that was spelled out just before; only where one may have been. */
    static final int SAME = 3;

    /** Beyond what bases of tokens can be, they have no room for hand-overs. */
    static final long MOST_BASE = Long.MAX_VALUE / FencingToken.BLOCK;

    /** Some 73 years: whoever adds it to a reading of a monotonic clock does not overflow. */
    static final Duration LONGEST_DURATION = Duration.ofNanos(1L << 61);

    private final ProcessId from;

    MessageWriter(ProcessId from) {
        this.from = from;
    }

    void flags(boolean one, boolean two) {
        octet((one ? 1 : 0) | (two ? 2 : 0));
    }

    void resource(Resource resource) {
        text(resource.name(), Resource.LONGEST);
        text(resource.key(), Resource.LONGEST);
    }

    void moment(Moment moment) {
        number(moment.nanos(), Long.MAX_VALUE);
        signed(moment.micros());
    }

    void duration(Duration duration) {
        if (duration.isNegative() || duration.compareTo(LONGEST_DURATION) > 0) {
            throw new IllegalArgumentException(
                    "A length from 0 to " + LONGEST_DURATION + " was to be sent, but it is " + duration + ".");
        }
        number(duration.toNanos(), Long.MAX_VALUE);
    }

    void base(long base, long reference) {
        if (base < 0 || base > MOST_BASE) {
            throw new IllegalArgumentException("The base " + base + " cannot become a token, and cannot be sent.");
        }
        near(base, reference);
    }

    void node(String node) {
        text(node, ProcessId.LONGEST_NODE_ID);
    }

    void processOrNobody(@Nullable ProcessId process) {
        if (process == null) {
            octet(NOBODY);
        } else {
            process(process, null);
        }
    }

    /** @param before the one that was written just before, if there was one */
    void process(ProcessId process, @Nullable ProcessId before) {
        if (process.equals(from)) {
            octet(SENDER);
        } else if (process.equals(before)) {
            octet(SAME);
        } else {
            octet(OTHER);
            node(process.nodeId());
            number(process.incarnation(), Long.MAX_VALUE);
        }
    }

    /** The ticket of the sender itself: nobody asks in the name of another. */
    void ownTicket(Ticket ticket, Moment stamp) {
        if (!ticket.owner().equals(from)) {
            throw new IllegalArgumentException(from + " was to ask with a ticket of " + ticket.owner() + ".");
        }
        near(ticket.micros(), stamp.micros());
    }

    void ticket(Ticket ticket, Moment echo, @Nullable ProcessId before) {
        near(ticket.micros(), echo.micros());
        process(ticket.owner(), before);
    }

    /** Sorted by node id, so that there is one way to write them. */
    void incarnations(Map<String, Long> incarnations) {
        number(incarnations.size(), PeerGroup.MOST_VOTERS);
        new TreeMap<>(incarnations).forEach((node, incarnation) -> {
            node(node);
            number(incarnation, Long.MAX_VALUE);
        });
    }

    void standing(Standing standing, long reference) {
        incarnations(standing.incarnations());
        base(standing.floor(), reference);
    }

    void knownLease(KnownLease lease) {
        resource(lease.resource());
        processOrNobody(lease.owner());
        moment(lease.echo());
        ticket(lease.ticket(), lease.echo(), lease.owner());
        duration(lease.remaining());
    }
}
