package io.coordination.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.ProcessId;
import io.coordination.channel.Frame.Accepted;
import io.coordination.channel.Frame.Hello;
import io.coordination.channel.Frame.Message;
import io.coordination.channel.Frame.Ping;
import io.coordination.channel.Frame.Pong;
import io.coordination.channel.Frame.Proof;
import io.coordination.channel.Frame.Refused;
import io.coordination.channel.Frame.Welcome;
import io.coordination.time.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Two ends, and what somebody between them, or in place of one, can do. */
class HandshakeTests {

    private static final Destination TALK = new Destination("talk");
    private static final String KNOWN = "a secret for tests only";

    private final Moment now = new Moment(1_000_000, 1_700_000_000_000_000L);

    @Test
    void bothEndsComeUpAndKnowEachOther() {
        End dialer = dialer("a", KNOWN);
        End acceptor = acceptor("b", KNOWN);

        shake(dialer, acceptor);

        assertThat(dialer.link.isUp()).isTrue();
        assertThat(acceptor.link.isUp()).isTrue();
        assertThat(dialer.link.process()).isEqualTo(new ProcessId("b", 1));
        assertThat(acceptor.link.process()).isEqualTo(new ProcessId("a", 1));
    }

    @Test
    void anAcceptorWithoutTheSecretIsFoundOutByTheDialerAndNothingIsProvedToIt() {
        End dialer = dialer("a", KNOWN);
        End acceptor = acceptor("b", "the secret of somebody else");

        acceptor.hear(dialer.say());
        dialer.hear(acceptor.say());

        assertThat(dialer.cause).isEqualTo(Cause.SECRET);
        assertThat(dialer.say()).singleElement().isInstanceOf(Refused.class);
    }

    @Test
    void aDialerWithoutTheSecretIsFoundOutByTheAcceptor() {
        End dialer = dialer("a", KNOWN);
        End acceptor = acceptor("b", KNOWN);
        acceptor.hear(dialer.say());
        acceptor.say();

        acceptor.hear(List.of(new Proof("bm9uc2Vuc2U=")));

        assertThat(acceptor.cause).isEqualTo(Cause.SECRET);
        assertThat(acceptor.link.isUp()).isFalse();
    }

    @Test
    void theProofOfTheAcceptorSentBackToItProvesNothing() {
        End dialer = dialer("a", KNOWN);
        End acceptor = acceptor("b", KNOWN);
        acceptor.hear(dialer.say());
        Welcome welcome = (Welcome) acceptor.say().get(0);

        acceptor.hear(List.of(new Proof(welcome.proof())));

        assertThat(acceptor.cause).isEqualTo(Cause.SECRET);
    }

    @Test
    void whatOneConversationProvedProvesNothingInTheNext() {
        End dialer = dialer("a", KNOWN);
        End acceptor = acceptor("b", KNOWN);
        List<Frame> hello = dialer.say();
        acceptor.hear(hello);
        List<Frame> welcome = acceptor.say();
        dialer.hear(welcome);
        List<Frame> proof = dialer.say();

        End replayedTo = acceptor("b", KNOWN);
        replayedTo.hear(hello);
        replayedTo.say();
        replayedTo.hear(proof);
        assertThat(replayedTo.cause).isEqualTo(Cause.SECRET);

        End otherDialer = dialer("a", KNOWN);
        otherDialer.say();
        otherDialer.hear(welcome);
        assertThat(otherDialer.cause).isEqualTo(Cause.SECRET);
    }

    @Test
    void aProofForOneAcceptorProvesNothingToAnother() {
        End dialer = dialer("a", KNOWN);
        End between = acceptor("b", KNOWN);
        End other = acceptor("c", KNOWN);
        List<Frame> hello = dialer.say();
        between.hear(hello);
        dialer.hear(between.say());
        List<Frame> proofForB = dialer.say();

        other.hear(hello);
        other.say();
        other.hear(proofForB);

        assertThat(other.cause).isEqualTo(Cause.SECRET);
    }

    /** Whatever is changed on the way is noticed: by the dialer in the acceptor's proof. */
    @TestFactory
    Stream<DynamicTest> everyFieldOfTheGreetingsIsProved() {
        return Stream.of("cluster", "node", "incarnation", "group", "versions", "clock", "nonce", "unknown-here")
                .map(field -> DynamicTest.dynamicTest(field, () -> {
                    End dialer = dialer("a", KNOWN);
                    End acceptor = acceptor("b", KNOWN);
                    Hello hello = (Hello) dialer.say().get(0);
                    acceptor.hear(List.of(new Hello(changed(hello.greeting(), field))));
                    dialer.hear(acceptor.say());
                    assertThat(dialer.link.isUp()).isFalse();
                    assertThat(dialer.cause != null || acceptor.cause != null).isTrue();

                    End second = dialer("a", KNOWN);
                    End honest = acceptor("b", KNOWN);
                    honest.hear(second.say());
                    Welcome welcome = (Welcome) honest.say().get(0);
                    second.hear(List.of(new Welcome(changed(welcome.greeting(), field), welcome.proof())));
                    assertThat(second.cause).isEqualTo(Cause.SECRET);
                }));
    }

    @Test
    void oneWhoShowsNothingInTimeIsRefused() {
        End acceptor = acceptor("b", KNOWN);

        acceptor.link.tick(after(LinkTimes.DEFAULT.greeting().minusMillis(1)));
        assertThat(acceptor.cause).isNull();

        acceptor.link.tick(after(LinkTimes.DEFAULT.greeting()));
        assertThat(acceptor.cause).isEqualTo(Cause.TOO_LATE);
    }

    @Test
    void oneWhoGreetsAndThenFallsSilentIsRefused() {
        End dialer = dialer("a", KNOWN);
        End acceptor = acceptor("b", KNOWN);
        acceptor.hear(dialer.say());
        acceptor.say();

        acceptor.link.tick(after(LinkTimes.DEFAULT.greeting()));
        dialer.link.tick(after(LinkTimes.DEFAULT.greeting()));

        assertThat(acceptor.cause).isEqualTo(Cause.TOO_LATE);
        assertThat(dialer.cause).isEqualTo(Cause.TOO_LATE);
    }

    /** The table of states, asked from outside: whatever is not the next word of the conversation ends it. */
    @TestFactory
    Stream<DynamicTest> nothingIsHeardOutOfItsOrder() {
        List<Frame> frames = List.of(
                new Hello(Greeting.of(Map.of())),
                new Welcome(Greeting.of(Map.of()), ""),
                new Proof(""),
                new Accepted(),
                new Message(0, TALK, Body.of(new byte[0])),
                new Frame.Acknowledged(1),
                new Ping(0),
                new Pong(0, 0));
        return frames.stream()
                .flatMap(frame -> Arrays.stream(LinkState.values())
                        .filter(state -> !state.allows(frame))
                        .map(state -> DynamicTest.dynamicTest(frame + " " + state, () -> {
                            End end = in(state);
                            end.hear(List.of(frame));
                            assertThat(end.delivered).isEmpty();
                            if (state == LinkState.CLOSED) {
                                assertThat(end.say()).isEmpty();
                            } else {
                                assertThat(end.cause).isEqualTo(Cause.MALFORMED);
                                assertThat(end.link.isUp()).isFalse();
                            }
                        })));
    }

    @Test
    void withCertificatesNoSecretIsNeededAndWithNeitherNothingIsSaid() {
        End dialer = new End(Role.DIALER, "b", identity("a", null, List.of(1)), true);
        End acceptor = new End(Role.ACCEPTOR, "", identity("b", null, List.of(1)), true);
        shake(dialer, acceptor);
        assertThat(dialer.link.isUp() && acceptor.link.isUp()).isTrue();

        End naked = new End(Role.DIALER, "b", identity("a", null, List.of(1)), false);
        assertThat(naked.cause).isEqualTo(Cause.SECRET);
        assertThat(naked.say()).singleElement().isInstanceOf(Refused.class);
    }

    @Test
    void aDialerWithoutSecretIsRefusedByOneWhoHasOneAlthoughItHasACertificate() {
        End dialer = new End(Role.DIALER, "b", identity("a", null, List.of(1)), true);
        End acceptor = new End(Role.ACCEPTOR, "", identity("b", Secret.of(KNOWN), List.of(1)), true);

        shake(dialer, acceptor);

        assertThat(acceptor.cause).isEqualTo(Cause.SECRET);
    }

    @Test
    void oneThatSpeaksALaterVersionToo_speaksTheOneThatBothSpeak() {
        for (List<Integer> later : List.of(List.of(1, 2), List.of(2, 1))) {
            End dialer = new End(Role.DIALER, "b", identity("a", Secret.of(KNOWN), later), false);
            End acceptor = acceptor("b", KNOWN);
            shake(dialer, acceptor);
            assertThat(dialer.link.isUp() && acceptor.link.isUp()).isTrue();
            assertThat(dialer.link.version()).isEqualTo(1);

            End old = dialer("a", KNOWN);
            End updated = new End(Role.ACCEPTOR, "", identity("b", Secret.of(KNOWN), later), false);
            shake(old, updated);
            assertThat(old.link.isUp() && updated.link.isUp()).isTrue();
            assertThat(updated.link.version()).isEqualTo(1);
        }
    }

    @Test
    void oneThatSpeaksOnlyALaterVersionIsRefusedInWords() {
        End dialer = new End(Role.DIALER, "b", identity("a", Secret.of(KNOWN), List.of(2)), false);
        End acceptor = acceptor("b", KNOWN);

        shake(dialer, acceptor);

        assertThat(acceptor.cause).isEqualTo(Cause.VERSION);
        assertThat(dialer.reason).contains("speaks versions 2").contains("speaks [1]");
    }

    @Test
    void aClockTooFarOffIsRefusedWhicheverEndIsAhead() {
        Duration most = Duration.ofSeconds(1);
        for (Duration off : List.of(Duration.ofMillis(1_001), Duration.ofMillis(-1_001))) {
            End dialer = dialer("a", KNOWN);
            End acceptor = acceptor("b", KNOWN);
            acceptor.clockOff = off;
            shake(dialer, acceptor);
            assertThat(Stream.of(dialer.cause, acceptor.cause)).contains(Cause.CLOCK);
        }
        End dialer = dialer("a", KNOWN);
        End acceptor = acceptor("b", KNOWN);
        acceptor.clockOff = most;
        shake(dialer, acceptor);
        assertThat(dialer.link.isUp()).isTrue();
    }

    @Test
    void aClockThatComesToBeTooFarOffEndsTheLink() {
        End dialer = dialer("a", KNOWN);
        End acceptor = acceptor("b", KNOWN);
        shake(dialer, acceptor);

        long wall = now.micros() + Duration.ofSeconds(2).toNanos() / 1_000;
        dialer.hear(List.of(new Pong(now.nanos(), wall), new Pong(now.nanos(), wall)));
        assertThat(dialer.link.isUp()).isTrue();
        dialer.hear(List.of(new Pong(now.nanos(), wall)));

        assertThat(dialer.cause).isEqualTo(Cause.CLOCK);
    }

    // ---- ends

    private static Greeting changed(Greeting greeting, String field) {
        Map<String, String> fields = new TreeMap<>(greeting.fields());
        fields.compute(field, (name, value) -> value == null ? "x" : value.equals("1") ? "2" : value + "1");
        return Greeting.of(fields);
    }

    private Moment after(Duration passed) {
        return new Moment(now.nanos() + passed.toNanos(), now.micros() + passed.toNanos() / 1_000);
    }

    /** An end that has come so far by what an honest other end has said. */
    private End in(LinkState state) {
        boolean isDialer = state == LinkState.GREETED || state == LinkState.PROVED;
        End dialer = dialer("a", KNOWN);
        End acceptor = acceptor("b", KNOWN);
        switch (state) {
            case OPENING -> {
                return new End(Role.ACCEPTOR, "", identity("b", Secret.of(KNOWN), List.of(1)));
            }
            case PROVED -> {
                acceptor.hear(dialer.say());
                dialer.hear(acceptor.say());
            }
            case WELCOMED -> acceptor.hear(dialer.say());
            case UP -> shake(dialer, acceptor);
            case CLOSED -> acceptor.link.closed("on purpose");
            default -> {}
        }
        End end = isDialer ? dialer : acceptor;
        end.say();
        return end;
    }

    private static void shake(End dialer, End acceptor) {
        acceptor.hear(dialer.say());
        dialer.hear(acceptor.say());
        acceptor.hear(dialer.say());
        dialer.hear(acceptor.say());
    }

    private End dialer(String node, String secret) {
        return new End(Role.DIALER, "b", identity(node, Secret.of(secret), List.of(1)), false);
    }

    private End acceptor(String node, String secret) {
        return new End(Role.ACCEPTOR, "", identity(node, Secret.of(secret), List.of(1)), false);
    }

    private static LinkIdentity identity(String node, @Nullable Secret secret, List<Integer> versions) {
        int[] drawn = {node.hashCode()};
        return new LinkIdentity(
                new ProcessId(node, 1),
                "tests",
                "group",
                secret,
                versions,
                Duration.ofSeconds(1),
                () -> node + System.identityHashCode(drawn) + drawn[0]++);
    }

    private final class End implements LinkOwner {

        private final Link link;
        private final List<Message> delivered = new ArrayList<>();
        private @Nullable Cause cause;
        private String reason = "";
        private Duration clockOff = Duration.ZERO;

        End(Role role, String expected, LinkIdentity own, boolean certified) {
            this(role, expected, own);
            link.opened(certified, now);
        }

        /** One that is not open yet. */
        End(Role role, String expected, LinkIdentity own) {
            link = new Link(role, expected, own, LinkTimes.DEFAULT, this, now);
        }

        List<Frame> say() {
            return link.next();
        }

        void hear(List<Frame> frames) {
            Moment here = new Moment(now.nanos(), now.micros() + clockOff.toNanos() / 1_000);
            frames.forEach(frame -> link.received(frame, here));
        }

        @Override
        public void admit(ProcessId process, Role role) {}

        @Override
        public void up() {}

        @Override
        public void message(Message message) {
            delivered.add(message);
        }

        @Override
        public void ended(@Nullable Cause why, String inWords, boolean said) {
            cause = why;
            reason = inWords;
        }
    }
}
