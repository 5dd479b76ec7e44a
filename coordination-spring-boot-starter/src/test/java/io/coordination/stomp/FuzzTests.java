package io.coordination.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.channel.Cause;
import io.coordination.channel.Frame;
import io.coordination.channel.Greeting;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bad input, a lot of it, against the reading of both ends. Each input is read at once and again in pieces; both have to come to
 * the same, nothing may be thrown, and no more may be kept than is allowed. With {@code -Dcoordination.fuzz.inputs=1000000} for
 * longer, {@code -Dcoordination.fuzz.seed=N} for others.
 */
class FuzzTests {

    private static final Logger LOG = LoggerFactory.getLogger(FuzzTests.class);

    private static final int INPUTS = Integer.getInteger("coordination.fuzz.inputs", 100_000);
    private static final long SEED = Long.getLong("coordination.fuzz.seed", 20_261_124);

    private static final String CONNECT = "CONNECT\naccept-version:1.2\nhost:x\n\n\0";
    private static final String PROVE = "SEND\ndestination:/coordination/proof\nreceipt:proof\n\n\0"
            + "SUBSCRIBE\nid:s\ndestination:/coordination/*\nack:client\n\n\0";

    private final List<byte[]> corpus = NastyFrames.all();
    private final StompCodec codec = new StompCodec();
    private final Map<String, Integer> census = new TreeMap<>();

    /** Everything that one reading came to. */
    private final class Reading implements Conversation.Ear {

        final List<Object> events = new ArrayList<>();
        final Conversation conversation;
        final FrameReader reader;
        boolean deaf;

        Reading(Conversation conversation) {
            this.conversation = conversation;
            this.reader = new FrameReader(codec, conversation, this);
        }

        void read(byte[] bytes, int from, int to) {
            ByteBuffer piece = ByteBuffer.wrap(bytes, from, to - from);
            reader.read(piece, this::complain);
            assertThat(piece.hasRemaining()).isFalse();
            assertThat(reader.kept())
                    .isLessThanOrEqualTo(
                            conversation.isAccepted()
                                    ? Limits.HEAD_BYTES + Limits.BODY_BYTES + 1
                                    : Limits.BYTES_BEFORE_ACCEPTANCE);
        }

        private void complain(Cause cause, String reason) {
            assertThat(deaf).as("complaints after the one that ended it").isFalse();
            assertThat(reason).isNotBlank().hasSizeLessThan(600);
            assertThat(reason.chars()).noneMatch(Character::isISOControl);
            deaf = cause != Cause.DESTINATION;
            conversation
                    .said(new Frame.Refused(reason))
                    .forEach(frame -> assertThat(codec.encode(frame)).hasSizeLessThan(Limits.BYTES_BEFORE_ACCEPTANCE));
            events.add(cause + " " + reason);
        }

        @Override
        public void received(Frame frame) {
            assertThat(deaf).isFalse();
            events.add(frame);
        }

        @Override
        public void reply(StompFrame frame) {
            events.add(frame);
            assertThat(codec.encode(frame)).isNotEmpty();
        }

        @Override
        public void beat(Duration interval) {
            assertThat(interval).isBetween(Limits.SHORTEST_HEART_BEAT, Limits.LONGEST_HEART_BEAT);
        }

        @Override
        public void goodbye() {
            events.add("goodbye");
        }
    }

    private Reading hub() {
        return new Reading(new HubConversation(() -> {}));
    }

    private Reading acceptedHub() {
        Reading hub = hub();
        byte[] handshake = (CONNECT + PROVE).getBytes(StandardCharsets.UTF_8);
        hub.read(handshake, 0, handshake.length);
        hub.conversation.said(new Frame.Accepted());
        return hub;
    }

    private Reading dialer() {
        return new Reading(new DialerConversation("x"));
    }

    private Reading acceptedDialer() {
        Reading dialer = dialer();
        byte[] receipt = "RECEIPT\nreceipt-id:proof\n\n\0".getBytes(StandardCharsets.UTF_8);
        dialer.read(receipt, 0, receipt.length);
        return dialer;
    }

    private final List<Supplier<Reading>> states =
            List.of(this::hub, this::acceptedHub, this::dialer, this::acceptedDialer);

    @Test
    void nastyFramesAreReadAlikeHoweverTheyArrive() {
        Random random = new Random(SEED);
        corpus.forEach(input -> states.forEach(state -> check(input, state, random)));
    }

    @Test
    void mutatedInputIsReadAlikeHoweverItArrives() {
        Random random = new Random(SEED);
        for (int i = 0; i < INPUTS; i++) {
            byte[] input = input(random);
            Supplier<Reading> state = states.get(random.nextInt(states.size()));
            try {
                check(input, state, random);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "Input " + i + " of seed " + SEED + ": " + new String(input, StandardCharsets.ISO_8859_1), e);
            }
        }
        LOG.info("{} inputs came to {}", INPUTS, census);
        // A fuzzing that only ever fails at the first byte finds nothing
        assertThat(census.keySet()).contains("Message", "Hello", "Refused", "Acknowledged", "Ping", "Pong", "Welcome");
        assertThat(census.keySet()).contains("MALFORMED", "TOO_LARGE", "TOO_MANY", "DESTINATION", "VERSION");
    }

    private void check(byte[] input, Supplier<Reading> state, Random random) {
        Reading whole = state.get();
        whole.read(input, 0, input.length);
        Reading pieces = state.get();
        int most = 1 + random.nextInt(40);
        for (int at = 0; at < input.length; ) {
            int end = Math.min(input.length, at + 1 + random.nextInt(most));
            pieces.read(input, at, end);
            at = end;
        }
        assertThat(pieces.events).isEqualTo(whole.events);
        whole.events.forEach(this::count);
        whole.events.forEach(this::sayAgain);
    }

    private void count(Object event) {
        census.merge(
                event instanceof String text
                        ? text.substring(0, (text + " ").indexOf(' '))
                        : event.getClass().getSimpleName(),
                1,
                Integer::sum);
    }

    /** What was understood can be said, and is then understood as the same. */
    private void sayAgain(Object event) {
        if (event instanceof Frame.Message || event instanceof Frame.Ping || event instanceof Frame.Pong) {
            Reading again = acceptedHub();
            again.events.clear();
            for (Packer.Packed message :
                    new Packer(codec, new DialerConversation("x")).pack(List.of((Frame) event), false)) {
                again.read(message.bytes().array(), 0, message.bytes().limit());
            }
            assertThat(again.events).containsExactly(event);
        } else if (event instanceof Frame.Hello hello) {
            StompFrame connect = Greetings.into(
                    StompFrame.of(org.springframework.messaging.simp.stomp.StompCommand.CONNECT), hello.greeting());
            assertThat(greetingIn(connect)).isEqualTo(hello.greeting());
        }
    }

    private static Greeting greetingIn(StompFrame frame) {
        try {
            return Greetings.from(frame);
        } catch (BadInputException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] input(Random random) {
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            byte[] part = corpus.get(random.nextInt(corpus.size()));
            int mutations = random.nextInt(4);
            for (int m = 0; m < mutations; m++) {
                part = mutated(part, random);
            }
            parts.writeBytes(part);
        }
        return parts.toByteArray();
    }

    private byte[] mutated(byte[] part, Random random) {
        if (part.length == 0) {
            return new byte[] {(byte) random.nextInt(256)};
        }
        int at = random.nextInt(part.length);
        switch (random.nextInt(7)) {
            case 0 -> {
                byte[] changed = part.clone();
                changed[at] = (byte) random.nextInt(256);
                return changed;
            }
            case 1 -> {
                byte[] changed = part.clone();
                changed[at] = (byte) "\n\r\0:\\/1-".charAt(random.nextInt(8));
                return changed;
            }
            case 2 -> {
                return spliced(part, at, new byte[0], Math.min(part.length, at + 1 + random.nextInt(6)));
            }
            case 3 -> {
                return Arrays.copyOf(part, at);
            }
            case 4 -> {
                byte[] other = corpus.get(random.nextInt(corpus.size()));
                int from = random.nextInt(other.length);
                byte[] piece = Arrays.copyOfRange(other, from, Math.min(other.length, from + random.nextInt(60)));
                return spliced(part, at, piece, at);
            }
            case 5 -> {
                byte[] header = ("h" + random.nextInt(9) + ":" + "v".repeat(random.nextInt(400)) + "\n")
                        .getBytes(StandardCharsets.UTF_8);
                int line = indexOf(part, (byte) '\n') + 1;
                return spliced(part, line, header, line);
            }
            default -> {
                byte[] body = new byte[random.nextInt(random.nextInt(50) == 0 ? 70_000 : 200)];
                random.nextBytes(body);
                ByteArrayOutputStream frame = new ByteArrayOutputStream();
                frame.writeBytes(("SEND\ndestination:/coordination/tell\ncontent-length:" + body.length + "\n\n")
                        .getBytes(StandardCharsets.UTF_8));
                frame.writeBytes(body);
                frame.write(0);
                return frame.toByteArray();
            }
        }
    }

    private static byte[] spliced(byte[] part, int head, byte[] piece, int tail) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.write(part, 0, head);
        joined.writeBytes(piece);
        joined.write(part, tail, part.length - tail);
        return joined.toByteArray();
    }

    private static int indexOf(byte[] bytes, byte wanted) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return bytes.length - 1;
    }
}
