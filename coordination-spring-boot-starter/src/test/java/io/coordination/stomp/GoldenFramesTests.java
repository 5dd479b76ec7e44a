package io.coordination.stomp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.channel.Body;
import io.coordination.channel.Destination;
import io.coordination.channel.Frame;
import io.coordination.channel.Frame.Accepted;
import io.coordination.channel.Frame.Acknowledged;
import io.coordination.channel.Frame.Hello;
import io.coordination.channel.Frame.Message;
import io.coordination.channel.Frame.Ping;
import io.coordination.channel.Frame.Pong;
import io.coordination.channel.Frame.Proof;
import io.coordination.channel.Frame.Refused;
import io.coordination.channel.Frame.Welcome;
import io.coordination.channel.Greeting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Frames of version 1, byte by byte, as {@code frames-version-1.txt} has them: instances of earlier releases speak them, and go on
 * doing so while an update is rolled out. That file is not changed any more.
 */
class GoldenFramesTests {

    private static final Greeting GREETING = Greeting.of(Map.of(
            "cluster", "box office: \u00e9",
            "node", "box-a",
            "incarnation", "1795500000000",
            "versions", "1",
            "nonce", "q83vEjRWeJA="));

    private static final Body BYTES = Body.of(new byte[] {0, 1, 10, 13, 58, 92, -1});

    /** In the order in which one end says them. */
    private static final Map<String, Frame> DIALER = inOrder(
            new Hello(GREETING),
            new Proof("cHJvb2Y="),
            new Message(0, new Destination("leases"), BYTES),
            new Message(1, new Destination("talk"), Body.of(new byte[0])),
            new Message(2, new Destination("talk"), BYTES),
            new Acknowledged(7),
            new Ping(-5),
            new Pong(123, 1_795_500_000_000_000L),
            new Refused("it is shutting down: \u00e9"));

    private static final Map<String, Frame> HUB = inOrder(
            new Welcome(GREETING, "cHJvb2Y="),
            new Accepted(),
            new Message(0, new Destination("leases"), BYTES),
            new Message(1, new Destination("talk"), Body.of(new byte[0])),
            new Message(2, new Destination("talk"), BYTES),
            new Acknowledged(7),
            new Ping(-5),
            new Pong(123, 1_795_500_000_000_000L),
            new Refused("it is shutting down: \u00e9"));

    private final StompCodec codec = new StompCodec();

    @Test
    void framesAreWrittenAsEver() throws Exception {
        assertThat(written()).containsExactlyEntriesOf(golden());
    }

    @Test
    void framesOfEarlierReleasesAreRead() throws Exception {
        Map<String, String> golden = golden();
        List<Frame> byHub = heard(golden, "dialer", new HubConversation(() -> {}));
        List<Frame> byDialer = heard(golden, "hub", new DialerConversation("localhost"));

        assertThat(byHub).containsExactlyElementsOf(DIALER.values());
        assertThat(byDialer).containsExactlyElementsOf(HUB.values());
    }

    private Map<String, String> written() throws Exception {
        DialerConversation dialer = new DialerConversation("localhost");
        HubConversation hub = new HubConversation(() -> {});
        Map<String, String> written = new LinkedHashMap<>();
        // The hub has to have heard of the subscription and the proof before it can answer them
        for (Frame frame : DIALER.values()) {
            hear(hub, say(dialer, frame), new ArrayList<>());
            written.put("dialer " + name(frame, written, "dialer "), escaped(say(dialer, frame)));
        }
        for (Frame frame : HUB.values()) {
            written.put("hub " + name(frame, written, "hub "), escaped(say(hub, frame)));
        }
        return written;
    }

    private byte[] say(Conversation conversation, Frame frame) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new Packer(codec, conversation)
                .pack(List.of(frame), false)
                .forEach(message -> bytes.writeBytes(message.bytes().array()));
        return bytes.toByteArray();
    }

    private List<Frame> heard(Map<String, String> golden, String who, Conversation conversation) {
        List<Frame> heard = new ArrayList<>();
        golden.forEach((name, text) -> {
            if (name.startsWith(who)) {
                hear(conversation, unescaped(text), heard);
            }
        });
        return heard;
    }

    private void hear(Conversation conversation, byte[] bytes, List<Frame> heard) {
        FrameReader reader = new FrameReader(codec, conversation, new Conversation.Ear() {
            @Override
            public void received(Frame frame) {
                heard.add(frame);
            }

            @Override
            public void reply(StompFrame frame) {}

            @Override
            public void beat(Duration interval) {}

            @Override
            public void goodbye() {}
        });
        reader.read(ByteBuffer.wrap(bytes), (cause, reason) -> {
            throw new AssertionError(cause + ": " + reason);
        });
    }

    private static Map<String, Frame> inOrder(Frame... frames) {
        Map<String, Frame> inOrder = new LinkedHashMap<>();
        for (Frame frame : frames) {
            inOrder.put(name(frame, inOrder, ""), frame);
        }
        return inOrder;
    }

    private static String name(Frame frame, Map<String, ?> taken, String prefix) {
        String name = frame.getClass().getSimpleName();
        int number = 1;
        while (taken.containsKey(prefix + name + (number == 1 ? "" : number))) {
            number++;
        }
        return name + (number == 1 ? "" : number);
    }

    private static Map<String, String> golden() throws IOException {
        Map<String, String> golden = new LinkedHashMap<>();
        try (InputStream file = GoldenFramesTests.class.getResourceAsStream("frames-version-1.txt")) {
            new String(Objects.requireNonNull(file).readAllBytes(), ISO_8859_1)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .forEach(line -> {
                        int colon = line.indexOf(": ");
                        golden.put(line.substring(0, colon), line.substring(colon + 2));
                    });
        }
        return golden;
    }

    /** Printable characters but the backslash as they are, all other bytes in hexadecimal. */
    private static String escaped(byte[] bytes) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : bytes) {
            if (b >= ' ' && b < 127 && b != '\\') {
                escaped.append((char) b);
            } else {
                escaped.append(String.format("\\%02x", b));
            }
        }
        return escaped.toString();
    }

    private static byte[] unescaped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                bytes.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.write(text.charAt(i));
            }
        }
        return bytes.toByteArray();
    }
}
