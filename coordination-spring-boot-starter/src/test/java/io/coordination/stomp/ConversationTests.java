package io.coordination.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coordination.channel.Body;
import io.coordination.channel.Cause;
import io.coordination.channel.Destination;
import io.coordination.channel.Frame;
import io.coordination.channel.Greeting;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both conversations against each other, without a socket: what one says, the other hears. */
class ConversationTests {

    private static final String NASTY = "a:b\\c%41+ \u00fc\u20ac\ud83d\ude00 &=\"';,/ \\n";

    /** Hears what the other end says, in pieces. */
    private static final class Hearing implements Conversation.Ear {

        final List<Frame> frames = new ArrayList<>();
        final List<StompFrame> replies = new ArrayList<>();
        final List<String> complaints = new ArrayList<>();
        private final FrameReader reader;

        Hearing(Conversation conversation) {
            reader = new FrameReader(new StompCodec(), conversation, this);
        }

        void read(byte[] bytes) {
            reader.read(ByteBuffer.wrap(bytes), (cause, reason) -> complaints.add(cause + " " + reason));
        }

        @Override
        public void received(Frame frame) {
            frames.add(frame);
        }

        @Override
        public void reply(StompFrame frame) {
            replies.add(frame);
        }

        @Override
        public void beat(Duration interval) {}

        @Override
        public void goodbye() {}
    }

    private final Conversation dialer = new DialerConversation("localhost");
    private final Conversation hub = new HubConversation(() -> {});
    private final Hearing atHub = new Hearing(hub);
    private final Hearing atDialer = new Hearing(dialer);
    private final Random random = new Random(7);

    private void fromDialer(Frame... frames) {
        carry(dialer, atHub, List.of(frames));
    }

    private void fromHub(Frame... frames) {
        carry(hub, atDialer, List.of(frames));
    }

    private void carry(Conversation from, Hearing to, List<Frame> frames) {
        for (Packer.Packed message : new Packer(new StompCodec(), from).pack(frames, false)) {
            byte[] bytes = message.bytes().array();
            int at = 0;
            while (at < bytes.length) {
                int piece = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 3 : 5_000));
                to.read(java.util.Arrays.copyOfRange(bytes, at, at + piece));
                at += piece;
            }
        }
        assertThat(to.complaints).isEmpty();
    }

    private void accept() {
        fromDialer(new Frame.Hello(Greeting.of(Map.of())));
        fromHub(new Frame.Welcome(Greeting.of(Map.of()), ""));
        fromDialer(new Frame.Proof(""));
        fromHub(new Frame.Accepted());
    }

    @Test
    void greetingsAndProofsArriveAsTheyWereWhateverIsInThem() {
        Greeting greeting = Greeting.of(Map.of("node", NASTY, "we:ird \\n\u00fc", "x", "empty", "", NASTY, NASTY));
        Frame hello = new Frame.Hello(greeting);
        Frame welcome = new Frame.Welcome(greeting, "abc+/A==");
        Frame proof = new Frame.Proof("zzz+/A==");
        fromDialer(hello);
        fromHub(welcome);
        fromDialer(proof);
        fromHub(new Frame.Accepted());
        assertThat(atHub.frames).containsExactly(hello, proof);
        assertThat(atDialer.frames).containsExactly(welcome, new Frame.Accepted());
    }

    @Test
    void aFieldCannotBecomeAHeader() {
        StompFrame frame = Greetings.into(
                StompFrame.of(org.springframework.messaging.simp.stomp.StompCommand.CONNECT),
                Greeting.of(Map.of("node", "x:y\\nreceipt:1", "a:b", "c")));
        assertThat(new String(new StompCodec().encode(frame), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("CONNECT\ncoordination-a%3Ab:c\ncoordination-node:x%3Ay%5Cnreceipt%3A1\n\n\0");
    }

    @Test
    void everythingThatIsSaidOverAnAcceptedLinkIsHeardAndInOrder() {
        accept();
        atHub.frames.clear();
        atDialer.frames.clear();
        List<Frame> up = new ArrayList<>();
        List<Frame> down = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            up.add(anything());
            down.add(anything());
        }
        carry(dialer, atHub, up);
        carry(hub, atDialer, down);
        assertThat(atHub.frames).isEqualTo(up);
        assertThat(atDialer.frames).isEqualTo(down);
        assertThat(atHub.replies).isEmpty();
    }

    private Frame anything() {
        return switch (random.nextInt(6)) {
            case 0 -> new Frame.Acknowledged(1 + random.nextInt(1_000_000));
            case 1 -> new Frame.Ping(random.nextLong());
            case 2 -> new Frame.Pong(random.nextLong(), random.nextLong());
            case 3 -> new Frame.Refused("a\nb:c\\d\0\r\n" + NASTY + random.nextInt());
            default -> {
                byte[] body = new byte[random.nextInt(random.nextInt(20) == 0 ? Body.LONGEST + 1 : 200)];
                random.nextBytes(body);
                yield new Frame.Message(
                        random.nextBoolean() ? 0 : 1 + random.nextInt(1_000_000),
                        new Destination("d-" + random.nextInt(5)),
                        Body.of(body));
            }
        };
    }

    @Test
    void theLargestMessageFits() {
        accept();
        fromDialer(new Frame.Message(Long.MAX_VALUE, new Destination("d".repeat(32)), Body.of(new byte[Body.LONGEST])));
        fromHub(new Frame.Message(Long.MAX_VALUE, new Destination("d".repeat(32)), Body.of(new byte[Body.LONGEST])));
        assertThat(atHub.frames).hasSize(3);
        assertThat(atDialer.frames).hasSize(3);
    }

    @Test
    void aLongReasonIsCutSoThatItIsReadBeforeAcceptance() {
        fromDialer(new Frame.Hello(Greeting.of(Map.of())));
        fromHub(new Frame.Refused("\ud83d\ude00".repeat(5_000)));
        assertThat(((Frame.Refused) atDialer.frames.get(0)).reason())
                .isEqualTo("\ud83d\ude00".repeat(Limits.REASON_CHARACTERS / 2));
    }

    @Test
    void framesAreCoalescedUpToTheLimitAndALargerOneGoesAlone() {
        accept();
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            frames.add(new Frame.Message(0, new Destination("d"), Body.of(new byte[1_000])));
        }
        frames.add(new Frame.Message(0, new Destination("d"), Body.of(new byte[Body.LONGEST])));
        frames.add(new Frame.Ping(1));
        List<Packer.Packed> messages = new Packer(new StompCodec(), dialer).pack(frames, false);
        assertThat(messages).hasSizeLessThan(8);
        assertThat(messages.subList(0, messages.size() - 2))
                .allSatisfy(
                        message -> assertThat(message.bytes().remaining()).isLessThanOrEqualTo(Limits.MESSAGE_BYTES));
        assertThat(messages.get(messages.size() - 2).bytes().remaining()).isGreaterThan(Limits.MESSAGE_BYTES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ping", "pong", "proof", "refused"})
    void namesOfTheLinkItselfAreNoReceivers(String name) {
        assertThatThrownBy(() -> dialer.said(TestEnd.message(0, name, "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reserved");
    }

    @Test
    void whatAnEndNeverSaysIsRefused() {
        assertThatThrownBy(() -> dialer.said(new Frame.Accepted())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> dialer.said(new Frame.Welcome(Greeting.of(Map.of()), "")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hub.said(new Frame.Hello(Greeting.of(Map.of()))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hub.said(new Frame.Accepted())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> dialer.said(new Frame.Proof("no base64\n")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> dialer.said(new Frame.Hello(Greeting.of(Map.of("proof", "x")))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aGreetingThatIsTooLargeIsNotSent() {
        Map<String, String> fields = Map.of("a", "x".repeat(1_024), "b", "\u20ac".repeat(1_024));
        assertThatThrownBy(() ->
                        new Packer(new StompCodec(), dialer).pack(List.of(new Frame.Hello(Greeting.of(fields))), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8192 bytes");
    }

    @Test
    void beforeAcceptanceFramesAreCountedAndSmall() {
        fromDialer(new Frame.Hello(Greeting.of(Map.of())));
        String send = "SEND\ndestination:/coordination/d\n\nx\0";
        for (int i = 2; i <= Limits.FRAMES_BEFORE_ACCEPTANCE; i++) {
            atHub.read(bytes(send));
        }
        assertThat(atHub.complaints).isEmpty();
        atHub.read(bytes(send + send));
        assertThat(atHub.complaints).hasSize(1).first().asString().startsWith(Cause.TOO_MANY.name());

        Hearing another = new Hearing(new HubConversation(() -> {}));
        another.read(bytes("SEND\ndestination:/coordination/d\ncontent-length:8193\n\n"));
        assertThat(another.complaints).hasSize(1).first().asString().startsWith(Cause.TOO_LARGE.name());

        Hearing third = new Hearing(new DialerConversation("x"));
        third.read(bytes("ERROR\n\n" + "x".repeat(9_000)));
        assertThat(third.complaints).hasSize(1).first().asString().startsWith(Cause.TOO_LARGE.name());
    }

    @Test
    void afterMalformedInputNothingIsRead() {
        accept();
        atHub.frames.clear();
        atHub.read(bytes("NONSENSE\n\n\0SEND\ndestination:/coordination/d\n\nx\0"));
        atHub.read(bytes("SEND\ndestination:/coordination/d\n\nx\0"));
        assertThat(atHub.complaints).hasSize(1);
        assertThat(atHub.frames).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONNECTED\nversion:1.1\n\n\0",
                "CONNECTED\n\n\0",
                "CONNECTED\nversion:1.2\ncoordination-proof:not base64\n\n\0",
                "CONNECTED\nversion:1.2\ncoordination-a:%zz\n\n\0",
                "CONNECTED\nversion:1.2\ncoordination-a:%0a\n\n\0",
                "RECEIPT\n\n\0",
                "RECEIPT\nreceipt-id:else\n\n\0",
                "RECEIPT\nreceipt-id:0\n\n\0",
                "MESSAGE\ndestination:/coordination/proof\n\n\0",
                "SEND\ndestination:/coordination/d\n\n\0"
            })
    void theDialerComplainsOfWhatAHubDoesNotSay(String frame) {
        atDialer.read(bytes(frame));
        assertThat(atDialer.complaints).hasSize(1);
        assertThat(atDialer.frames).isEmpty();
    }

    @Test
    void anErrorWithoutABodyHasItsReasonInTheHeader() {
        atDialer.read(bytes("ERROR\nmessage:one\\ntwo\n\n\0ERROR\n\n\0"));
        assertThat(atDialer.frames)
                .containsExactly(new Frame.Refused("one\ntwo"), new Frame.Refused("no reason was given"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
