package io.coordination.peer;

import io.coordination.channel.MalformedMessageException;
import io.coordination.lock.Resource;
import io.coordination.lock.Ticket;
import io.coordination.peer.PeerMessage.Ask;
import io.coordination.peer.PeerMessage.Free;
import io.coordination.peer.PeerMessage.Grant;
import io.coordination.peer.PeerMessage.KnownLease;
import io.coordination.peer.PeerMessage.Queued;
import io.coordination.peer.PeerMessage.Read;
import io.coordination.peer.PeerMessage.Refused;
import io.coordination.peer.PeerMessage.Stale;
import io.coordination.peer.PeerMessage.Standing;
import io.coordination.peer.PeerMessage.State;
import io.coordination.peer.PeerMessage.Wanted;
import io.coordination.time.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The layout of every kind of message, version 1: reader beside writer. The tables of {@code docs/wire.md} say the same. */
final class MessageCodecs {

    static final List<MessageCodec<?>> ALL = List.of(
            new MessageCodec<>(1, Ask.class, MessageCodecs::write, MessageCodecs::readAsk),
            new MessageCodec<>(2, Free.class, MessageCodecs::write, MessageCodecs::readFree),
            new MessageCodec<>(3, Grant.class, MessageCodecs::write, MessageCodecs::readGrant),
            new MessageCodec<>(4, Queued.class, MessageCodecs::write, MessageCodecs::readQueued),
            new MessageCodec<>(5, Stale.class, MessageCodecs::write, MessageCodecs::readStale),
            new MessageCodec<>(6, Wanted.class, MessageCodecs::write, MessageCodecs::readWanted),
            new MessageCodec<>(7, Read.class, MessageCodecs::write, MessageCodecs::readRead),
            new MessageCodec<>(8, State.class, MessageCodecs::write, MessageCodecs::readState),
            new MessageCodec<>(9, Refused.class, MessageCodecs::write, MessageCodecs::readRefused));

    /** Longer than the longest group in words; what is longer is cut. */
    static final int LONGEST_REASON = 4_096;

    private static final String CUT = "...";

    private static final Map<Class<?>, MessageCodec<?>> BY_TYPE =
            ALL.stream().collect(Collectors.toMap(MessageCodec::type, Function.identity()));

    private static final Map<Integer, MessageCodec<?>> BY_KIND =
            ALL.stream().collect(Collectors.toMap(MessageCodec::kind, Function.identity()));

    private MessageCodecs() {}

    static MessageCodec<?> of(PeerMessage message) {
        MessageCodec<?> codec = BY_TYPE.get(message.getClass());
        if (codec == null) {
            throw new IllegalArgumentException(message.getClass() + " has no layout.");
        }
        return codec;
    }

    /** Null if there is no such kind. */
    static @Nullable MessageCodec<?> of(int kind) {
        return BY_KIND.get(kind);
    }

    private static void write(Ask ask, MessageWriter to) {
        to.resource(ask.resource());
        to.moment(ask.stamp());
        to.ownTicket(ask.ticket(), ask.stamp());
        // Both were drawn from the same clock when the acquisition began.
        to.base(ask.base(), ask.ticket().micros());
        to.duration(ask.lease());
        to.flags(ask.held(), ask.yield());
    }

    private static Ask readAsk(MessageReader from) throws MalformedMessageException {
        Resource resource = from.resource();
        Moment stamp = from.moment();
        Ticket ticket = from.ownTicket(stamp);
        long base = from.base(ticket.micros());
        Duration lease = from.duration();
        int flags = from.choice(3);
        return new Ask(resource, stamp, ticket, base, lease, (flags & 1) != 0, (flags & 2) != 0);
    }

    private static void write(Free free, MessageWriter to) {
        to.resource(free.resource());
        to.moment(free.stamp());
        to.flags(free.next() != null, false);
        if (free.next() != null) {
            to.node(free.next());
        }
    }

    private static Free readFree(MessageReader from) throws MalformedMessageException {
        return new Free(from.resource(), from.moment(), from.choice(1) == 0 ? null : from.node());
    }

    private static void write(Grant grant, MessageWriter to) {
        writeHead(grant, to);
        // Most often it is the floor.
        to.base(grant.base(), grant.standing().floor());
        to.flags(grant.othersWait(), false);
    }

    private static Grant readGrant(MessageReader from) throws MalformedMessageException {
        Resource resource = from.resource();
        Moment echo = from.moment();
        Standing standing = from.standing(echo.micros());
        return new Grant(resource, echo, standing, from.base(standing.floor()), from.choice(1) != 0);
    }

    private static void write(Queued queued, MessageWriter to) {
        writeHead(queued, to);
        to.duration(queued.remaining());
        to.processOrNobody(queued.holder());
        to.flags(queued.behindEarlier(), false);
    }

    private static Queued readQueued(MessageReader from) throws MalformedMessageException {
        Resource resource = from.resource();
        Moment echo = from.moment();
        Standing standing = from.standing(echo.micros());
        return new Queued(resource, echo, standing, from.duration(), from.processOrNobody(), from.choice(1) != 0);
    }

    private static void write(Stale stale, MessageWriter to) {
        writeHead(stale, to);
    }

    private static Stale readStale(MessageReader from) throws MalformedMessageException {
        Resource resource = from.resource();
        Moment echo = from.moment();
        return new Stale(resource, echo, from.standing(echo.micros()));
    }

    private static void write(Wanted wanted, MessageWriter to) {
        writeHead(wanted, to);
        to.ticket(wanted.head(), wanted.echo(), null);
    }

    private static Wanted readWanted(MessageReader from) throws MalformedMessageException {
        Resource resource = from.resource();
        Moment echo = from.moment();
        return new Wanted(resource, echo, from.standing(echo.micros()), from.ticket(echo, null));
    }

    private static void write(Read read, MessageWriter to) {
        to.number(read.attempt(), Long.MAX_VALUE);
    }

    private static Read readRead(MessageReader from) throws MalformedMessageException {
        return new Read(from.number(Long.MAX_VALUE));
    }

    private static void write(State state, MessageWriter to) {
        to.number(state.attempt(), Long.MAX_VALUE);
        to.standing(state.standing(), 0);
        to.flags(state.recovering(), state.coldVector() != null);
        if (state.coldVector() != null) {
            to.incarnations(state.coldVector());
        }
        to.number(state.parts(), StateParts.MOST);
        to.number(state.part(), state.parts() - 1L);
        to.number(state.leases().size(), StateParts.MOST_LEASES);
        state.leases().forEach(to::knownLease);
    }

    private static State readState(MessageReader from) throws MalformedMessageException {
        long attempt = from.number(Long.MAX_VALUE);
        Standing standing = from.standing(0);
        int flags = from.choice(3);
        Map<String, Long> coldVector = (flags & 2) == 0 ? null : from.incarnations();
        int parts = (int) from.number(StateParts.MOST);
        int part = (int) from.number(parts - 1L);
        int count = from.count(StateParts.MOST_LEASES, StateParts.LEAST_BYTES_OF_A_LEASE);
        List<KnownLease> leases = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            leases.add(from.knownLease());
        }
        return new State(attempt, standing, (flags & 1) != 0, coldVector, part, parts, List.copyOf(leases));
    }

    private static void write(Refused refused, MessageWriter to) {
        to.text(fitting(refused.reason()), LONGEST_REASON);
    }

    private static Refused readRefused(MessageReader from) throws MalformedMessageException {
        return new Refused(from.text(LONGEST_REASON));
    }

    private static void writeHead(PeerMessage.OfVoter answer, MessageWriter to) {
        to.resource(answer.resource());
        to.moment(answer.echo());
        to.standing(answer.standing(), answer.echo().micros());
    }

    /** It is for people, and may quote anything: it is sent as far as it can be. */
    private static String fitting(String reason) {
        String cut =
                reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON - CUT.length()) + CUT;
        StringBuilder whole = new StringBuilder(cut.length());
        cut.codePoints()
                .forEach(point -> whole.appendCodePoint(Character.getType(point) == Character.SURROGATE ? '?' : point));
        return whole.toString();
    }
}
