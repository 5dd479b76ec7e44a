package io.coordination.peer;

import io.coordination.ProcessId;
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
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Messages as three voters send them, and those at the edges, by what they are. */
final class WireSamples {

    /** In the summer of 2026. */
    private static final long MICROS = 1_783_000_000_000_000L;

    private static final long MILLIS = MICROS / 1_000;
    private static final long FINGERPRINT = 0x0123_4567_89AB_CDEFL;

    static final ProcessId BOX_A = new ProcessId("box-a", MILLIS - 7_300_000);
    private static final ProcessId BOX_B = new ProcessId("box-b", MILLIS - 7_200_000);
    private static final ProcessId BOX_C = new ProcessId("box-c", MILLIS - 7_100_000);
    private static final Resource SEAT = Resource.of("seat", "A-12");

    /** Two hours after the process began. */
    private static final Moment STAMP = new Moment(7_300_000_123_456L, MICROS);

    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Ticket TICKET = new Ticket(MICROS - 40, BOX_A);
    private static final long BASE = MICROS - 25;
    private static final Map<String, Long> VOTERS =
            Map.of("box-a", BOX_A.incarnation(), "box-b", BOX_B.incarnation(), "box-c", BOX_C.incarnation());

    private static final SortedMap<String, Envelope> ALL = new TreeMap<>();

    static {
        fromA("ask, first", Envelope.ANY, new Ask(SEAT, STAMP, TICKET, BASE, LEASE, false, false));
        fromA("ask, held", Envelope.ANY, new Ask(SEAT, later(3_333), TICKET, BASE, LEASE, true, false));
        fromA("ask, yields", Envelope.ANY, new Ask(SEAT, later(2), TICKET, BASE, LEASE, false, true));
        fromA("free", Envelope.ANY, new Free(SEAT, later(800), null));
        fromA("free, for another", Envelope.ANY, new Free(SEAT, later(800), "box-c"));
        fromB("grant", new Grant(SEAT, STAMP, new Standing(VOTERS, BASE), BASE, false));
        fromB("grant, others wait", new Grant(SEAT, STAMP, new Standing(VOTERS, BASE), BASE, true));
        fromB(
                "queued, behind the voter itself",
                new Queued(SEAT, STAMP, new Standing(VOTERS, BASE - 9), Duration.ofMillis(9_876), BOX_B, true));
        fromB(
                "queued, behind another",
                new Queued(SEAT, STAMP, new Standing(VOTERS, BASE - 9), Duration.ofMillis(9_876), BOX_C, false));
        fromB("queued, behind nobody", new Queued(SEAT, STAMP, new Standing(VOTERS, 0), Duration.ZERO, null, false));
        fromB("stale", new Stale(SEAT, STAMP, new Standing(VOTERS, BASE + 70)));
        fromB("wanted", new Wanted(SEAT, STAMP, new Standing(VOTERS, BASE), new Ticket(MICROS - 60, BOX_C)));
        fromB("wanted by the voter", new Wanted(SEAT, STAMP, new Standing(VOTERS, BASE), new Ticket(MICROS, BOX_B)));
        fromA("read", Envelope.ANY, new Read(3));
        fromB("state, empty", new State(3, new Standing(VOTERS, 0), false, null, 0, 1, List.of()));
        fromB(
                "state, recovering after a cold start",
                new State(4, new Standing(Map.of(), BASE), true, VOTERS, 0, 1, List.of()));
        fromB(
                "state, second of three parts",
                new State(
                        3,
                        new Standing(VOTERS, BASE),
                        false,
                        null,
                        1,
                        3,
                        List.of(
                                new KnownLease(SEAT, BOX_A, STAMP, TICKET, Duration.ofMillis(7_000)),
                                new KnownLease(
                                        Resource.named("report"),
                                        BOX_B,
                                        later(-100),
                                        new Ticket(MICROS - 200_000, BOX_B),
                                        Duration.ofNanos(1)),
                                new KnownLease(
                                        Resource.of("Sitz", "Empore, 3. Reihe, Stuhl für 界"),
                                        null,
                                        later(-9_000),
                                        new Ticket(MICROS - 9_100_000, BOX_C),
                                        Duration.ofMillis(900)))));
        fromB("refused", new Refused("box-b refuses: the queue for \"seat\" [A-12] is full"));
        fromB("refused, without words", new Refused(""));
        edge(
                "edge, highest numbers",
                Long.MAX_VALUE,
                new Ask(
                        Resource.of("x", "\uD83D\uDD11"),
                        new Moment(Long.MAX_VALUE, Long.MAX_VALUE),
                        new Ticket(Long.MIN_VALUE, BOX_A),
                        MessageWriter.MOST_BASE,
                        MessageWriter.LONGEST_DURATION,
                        true,
                        true));
        edge(
                "edge, lowest numbers",
                0,
                new Ask(
                        Resource.named("x"),
                        new Moment(0, Long.MIN_VALUE),
                        new Ticket(Long.MAX_VALUE, BOX_A),
                        0,
                        Duration.ZERO,
                        false,
                        false));
    }

    private WireSamples() {}

    static SortedMap<String, Envelope> all() {
        return ALL;
    }

    static Envelope named(String name) {
        Envelope envelope = ALL.get(name);
        if (envelope == null) {
            throw new IllegalArgumentException("There is no sample \"" + name + "\".");
        }
        return envelope;
    }

    private static void fromA(String name, long incarnation, PeerMessage message) {
        ALL.put(name, new Envelope(BOX_A, "box-b", incarnation, FINGERPRINT, message));
    }

    private static void fromB(String name, PeerMessage message) {
        ALL.put(name, new Envelope(BOX_B, "box-a", BOX_A.incarnation(), FINGERPRINT, message));
    }

    private static void edge(String name, long incarnation, PeerMessage message) {
        ALL.put(name, new Envelope(BOX_A, "box-b", incarnation, -1, message));
    }

    private static Moment later(long millis) {
        return new Moment(STAMP.nanos() + millis * 1_000_000, STAMP.micros() + millis * 1_000);
    }
}
