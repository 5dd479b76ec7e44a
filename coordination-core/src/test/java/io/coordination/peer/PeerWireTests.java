package io.coordination.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.coordination.ProcessId;
import io.coordination.channel.Body;
import io.coordination.channel.MalformedMessageException;
import io.coordination.lock.Resource;
import io.coordination.lock.Ticket;
import io.coordination.peer.PeerMessage.Ask;
import io.coordination.peer.PeerMessage.Free;
import io.coordination.peer.PeerMessage.Refused;
import io.coordination.peer.PeerMessage.Stale;
import io.coordination.peer.PeerMessage.Standing;
import io.coordination.time.Moment;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerWireTests {

    private static final ProcessId BOX_A = WireSamples.BOX_A;
    private static final Resource SEAT = Resource.of("seat", "A-12");
    private static final Moment STAMP = new Moment(5, 5);
    private static final Duration LEASE = Duration.ofSeconds(10);

    @Test
    void whatIsSentArrives() throws MalformedMessageException {
        for (long seed = 0; seed < 400; seed++) {
            RandomMessages messages = new RandomMessages(seed);
            for (int kind = 0; kind < messages.kinds(); kind++) {
                for (int i = 0; i < 5; i++) {
                    Envelope sent = messages.next(kind);
                    assertThat(decode(sent, PeerWire.encode(sent)))
                            .as("seed %d", seed)
                            .isEqualTo(sent);
                }
            }
        }
    }

    @Test
    void everyKindOfMessageHasALayoutAndANumberOfItsOwn() {
        Set<Class<?>> kinds = new HashSet<>();
        addKinds(PeerMessage.class, kinds);
        assertThat(MessageCodecs.ALL).extracting(MessageCodec::type).doesNotHaveDuplicates();
        assertThat(MessageCodecs.ALL).extracting(MessageCodec::kind).doesNotHaveDuplicates();
        assertThat(new HashSet<>(
                        MessageCodecs.ALL.stream().map(MessageCodec::type).toList()))
                .isEqualTo(kinds);
        assertThat(new RandomMessages(0).kinds()).isEqualTo(kinds.size());
    }

    @Test
    void theSameMessageHasTheSameBytesInWhateverOrderItsMapsAre() {
        Map<String, Long> sorted = new TreeMap<>(Map.of("a", 1L, "b", 2L, "c", 3L));
        Map<String, Long> reversed = new TreeMap<String, Long>(sorted).descendingMap();
        assertThat(encode(new Stale(SEAT, STAMP, new Standing(reversed, 7))))
                .isEqualTo(encode(new Stale(SEAT, STAMP, new Standing(sorted, 7))));
    }

    /** The figures of {@code docs/wire.md}. */
    @Test
    void typicalMessagesAreSmall() {
        assertThat(size("ask, first")).as("Ask").isEqualTo(43);
        assertThat(size("ask, held")).as("Ask that renews").isEqualTo(46);
        assertThat(size("free")).as("Free").isEqualTo(36);
        assertThat(size("grant")).as("Grant").isEqualTo(80);
        assertThat(size("queued, behind another")).as("Queued").isEqualTo(97);
    }

    @Test
    void aReasonThatIsTooLongOrCannotBeWrittenIsSentAsFarAsItCanBe() throws MalformedMessageException {
        String key = "\uD83D\uDD11";
        assertThat(reason("x".repeat(5_000)))
                .hasSize(MessageCodecs.LONGEST_REASON)
                .endsWith("xxx...");
        assertThat(reason("x".repeat(MessageCodecs.LONGEST_REASON)))
                .isEqualTo("x".repeat(MessageCodecs.LONGEST_REASON));
        assertThat(reason(key.repeat(3_000))).endsWith(key + "?...");
        assertThat(reason(key + " and half: \uD83D, \uDD11")).isEqualTo(key + " and half: ?, ?");
    }

    @Test
    void theReasonThatNamesTheLargestGroupIsSentWhole() throws MalformedMessageException {
        Set<String> voters = new HashSet<>();
        for (int i = 0; i < PeerGroup.MOST_VOTERS; i++) {
            voters.add("%03d".formatted(i) + "x".repeat(125));
        }
        PeerGroup group = new PeerGroup(List.copyOf(voters), LEASE, LEASE, true);
        String reason = "x".repeat(500) + group.inWords();
        assertThat(reason(reason)).isEqualTo(reason);
    }

    @Test
    void whatNoReaderWouldTakeIsNotWritten() {
        Ticket own = new Ticket(4, BOX_A);
        refuses(ask(STAMP, new Ticket(4, new ProcessId("box-c", 1)), 6, LEASE), "ticket of box-c/1");
        refuses(ask(new Moment(-1, 0), own, 6, LEASE), "it is -1");
        refuses(ask(STAMP, own, -1, LEASE), "The base -1");
        refuses(ask(STAMP, own, MessageWriter.MOST_BASE + 1, LEASE), "cannot become a token");
        refuses(ask(STAMP, own, 6, Duration.ofNanos(-1)), "PT-0.000000001S");
        refuses(ask(STAMP, own, 6, MessageWriter.LONGEST_DURATION.plusNanos(1)), "length");
        refuses(ask(STAMP, own, 6, Duration.ofSeconds(Long.MAX_VALUE)), "length");
        refuses(new Free(SEAT, STAMP, "half \uD83D"), "half a character");
        refuses(new Free(SEAT, STAMP, "x".repeat(129)), "it has 129");
        Map<String, Long> sixteen = new TreeMap<>();
        for (int i = 0; i <= PeerGroup.MOST_VOTERS; i++) {
            sixteen.put("voter-" + i, 1L);
        }
        refuses(new Stale(SEAT, STAMP, new Standing(sixteen, 0)), "it is 16");
    }

    @Test
    void nothingIsWrittenThatIsTooLongForAMessage() {
        WireWriter to = new WireWriter();
        for (int i = 0; i < Body.LONGEST - 6; i++) {
            to.octet(i);
        }
        to.text("12345", 5);
        assertThat(to.body().length()).isEqualTo(Body.LONGEST);
        assertThatIllegalArgumentException().isThrownBy(() -> to.octet(0)).withMessageContaining("65536");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 9, 20})
    void whatIsCutOffIsRefused(int length) {
        Envelope whole = WireSamples.named("ask, first");
        byte[] bytes = PeerWire.encode(whole).bytes();
        assertThat(malformed(Arrays.copyOf(bytes, length)))
                .contains(whole.from().toString())
                .contains("byte " + length)
                .contains("ends too early");
    }

    @Test
    void whatIsMoreThanAMessageIsRefused() {
        byte[] bytes = PeerWire.encode(WireSamples.named("ask, first")).bytes();
        assertThat(malformed(Arrays.copyOf(bytes, bytes.length + 1))).contains("1 bytes are left over");
    }

    @Test
    void theExceptionCostsNoStackTrace() {
        assertThat(new MalformedMessageException("x").getStackTrace()).isEmpty();
    }

    private static void addKinds(Class<?> type, Set<Class<?>> kinds) {
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                addKinds(permitted, kinds);
            }
        } else {
            kinds.add(type);
        }
    }

    private static Ask ask(Moment stamp, Ticket ticket, long base, Duration lease) {
        return new Ask(SEAT, stamp, ticket, base, lease, false, false);
    }

    private static int size(String sample) {
        return PeerWire.encode(WireSamples.named(sample)).length();
    }

    private static String reason(String reason) throws MalformedMessageException {
        Envelope sent = envelope(new Refused(reason));
        return ((Refused) decode(sent, PeerWire.encode(sent)).message()).reason();
    }

    private static String malformed(byte[] bytes) {
        try {
            throw new AssertionError("It was read: " + PeerWire.decode(BOX_A, "box-b", Body.of(bytes)));
        } catch (MalformedMessageException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void refuses(PeerMessage message, String inWords) {
        assertThatIllegalArgumentException().isThrownBy(() -> encode(message)).withMessageContaining(inWords);
    }

    private static Body encode(PeerMessage message) {
        return PeerWire.encode(envelope(message));
    }

    private static Envelope envelope(PeerMessage message) {
        return new Envelope(BOX_A, "box-b", Envelope.ANY, 1, message);
    }

    private static Envelope decode(Envelope sent, Body body) throws MalformedMessageException {
        return PeerWire.decode(sent.from(), sent.to(), body);
    }
}
