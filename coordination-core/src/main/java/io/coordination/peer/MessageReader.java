package io.coordination.peer;

import io.coordination.ProcessId;
import io.coordination.channel.Body;
import io.coordination.channel.MalformedMessageException;
import io.coordination.lock.Resource;
import io.coordination.lock.Ticket;
import io.coordination.peer.PeerMessage.KnownLease;
import io.coordination.peer.PeerMessage.Standing;
import io.coordination.time.Moment;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the values that lease messages of one process are made of: those that {@link MessageWriter} writes, and no others. */
final class MessageReader extends WireReader {

    private static final int LEAST_BYTES_OF_AN_INCARNATION = 3;

    MessageReader(ProcessId from, Body body) {
        super(from, body);
    }

    Resource resource() throws MalformedMessageException {
        String name = text(Resource.LONGEST);
        String key = text(Resource.LONGEST);
        try {
            return new Resource(name, key);
        } catch (IllegalArgumentException refused) {
            throw malformed("its resource is none: " + refused.getMessage());
        }
    }

    Moment moment() throws MalformedMessageException {
        return new Moment(number(Long.MAX_VALUE), signed());
    }

    Duration duration() throws MalformedMessageException {
        return Duration.ofNanos(number(MessageWriter.LONGEST_DURATION.toNanos()));
    }

    long base(long reference) throws MalformedMessageException {
        long base = near(reference);
        if (base < 0 || base > MessageWriter.MOST_BASE) {
            throw malformed("the base " + base + " cannot become a token");
        }
        return base;
    }

    String node() throws MalformedMessageException {
        return process(text(ProcessId.LONGEST_NODE_ID), 0).nodeId();
    }

    @Nullable
    ProcessId processOrNobody() throws MalformedMessageException {
        int which = choice(MessageWriter.OTHER);
        return which == MessageWriter.NOBODY ? null : process(which, null);
    }

    ProcessId process(@Nullable ProcessId before) throws MalformedMessageException {
        return process(choice(MessageWriter.SAME), before);
    }

    Ticket ownTicket(Moment stamp) throws MalformedMessageException {
        return new Ticket(near(stamp.micros()), from());
    }

    Ticket ticket(Moment echo, @Nullable ProcessId before) throws MalformedMessageException {
        return new Ticket(near(echo.micros()), process(before));
    }

    Map<String, Long> incarnations() throws MalformedMessageException {
        int count = count(PeerGroup.MOST_VOTERS, LEAST_BYTES_OF_AN_INCARNATION);
        SortedMap<String, Long> incarnations = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            String node = node();
            if (!incarnations.isEmpty() && incarnations.lastKey().compareTo(node) >= 0) {
                throw malformed("the node ids are not sorted");
            }
            incarnations.put(node, number(Long.MAX_VALUE));
        }
        return Collections.unmodifiableMap(incarnations);
    }

    Standing standing(long reference) throws MalformedMessageException {
        return new Standing(incarnations(), base(reference));
    }

    KnownLease knownLease() throws MalformedMessageException {
        Resource resource = resource();
        ProcessId owner = processOrNobody();
        Moment echo = moment();
        return new KnownLease(resource, owner, echo, ticket(echo, owner), duration());
    }

    private ProcessId process(int which, @Nullable ProcessId before) throws MalformedMessageException {
        if (which == MessageWriter.SENDER) {
            return from();
        }
        if (which == MessageWriter.SAME && before != null && !before.equals(from())) {
            return before;
        }
        if (which != MessageWriter.OTHER) {
            throw malformed("a process is missing");
        }
        ProcessId process = process(text(ProcessId.LONGEST_NODE_ID), number(Long.MAX_VALUE));
        if (process.equals(from()) || process.equals(before)) {
            throw malformed("a process is spelled out needlessly");
        }
        return process;
    }

    private ProcessId process(String node, long incarnation) throws MalformedMessageException {
        try {
            return new ProcessId(node, incarnation);
        } catch (IllegalArgumentException refused) {
            throw malformed("a node id is none: " + refused.getMessage());
        }
    }
}
