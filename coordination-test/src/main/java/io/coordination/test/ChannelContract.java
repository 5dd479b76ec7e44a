package io.coordination.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.coordination.ProcessId;
import io.coordination.channel.Body;
import io.coordination.channel.Cause;
import io.coordination.channel.Channel;
import io.coordination.channel.Destination;
import io.coordination.channel.Lane;
import io.coordination.channel.Member;
import io.coordination.channel.MemberChange;
import io.coordination.channel.MemberState;
import io.coordination.channel.PeerChannel;
import io.coordination.channel.PeerChannelBuilder;
import io.coordination.channel.Secret;
import io.coordination.time.Moment;
import io.coordination.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a channel of links must do over every {@link io.coordination.channel.Transport}. Extend it and say how to make a network.
 */
@Timeout(120)
public abstract class ChannelContract {

    private static final Destination TALK = new Destination("talk");
    private static final Secret SECRET = Secret.of("a secret for tests only");

    private final List<PeerChannel> channels = new ArrayList<>();
    private ChannelsUnderTest network;

    /** A network that nobody uses. */
    protected abstract ChannelsUnderTest newNetwork();

    @BeforeEach
    final void makeNetwork() {
        network = newNetwork();
    }

    @AfterEach
    final void closeAll() {
        channels.forEach(PeerChannel::close);
        network.close();
    }

    @Test
    void allNodesOfTheListAndWorkersAreLinked() {
        Node a = start("a");
        Node b = start("b");
        Node c = start("c");
        Node worker = start("worker");

        untilUp(a, b, c, worker);
        untilUp(b, a, c, worker);
        untilUp(c, a, b, worker);
        untilUp(worker, a, b, c);
    }

    @Test
    void messagesArriveInTheOrderOfTheirLaneBothWays() {
        Node a = start("a");
        Node b = start("b");
        untilUp(a, b);
        untilUp(b, a);

        for (Node from : List.of(a, b)) {
            Node to = from == a ? b : a;
            IntStream.range(0, 500).forEach(i -> {
                from.say(to, Lane.CONTROL, "c" + i);
                from.say(to, Lane.DATA, "d" + i);
            });
            network.await("all arrive", () -> to.heard.size() == 1_000);
            assertThat(to.heardOf("c")).isEqualTo(numbered("c", 500));
            assertThat(to.heardOf("d")).isEqualTo(numbered("d", 500));
            assertThat(to.senders).containsOnly(from.id);
        }
    }

    @Test
    void bodiesOfAnySizeAndContentArriveAsTheyWere() {
        Node a = start("a");
        Node b = start("b");
        untilUp(a, b);
        untilUp(b, a);
        List<Body> bodies = new ArrayList<>();
        for (int length : new int[] {0, 1, 2, 127, 128, 1_000, 16_384, Body.LONGEST}) {
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) {
                bytes[i] = (byte) (i * 31 + length);
            }
            bodies.add(Body.of(bytes));
        }

        for (Node from : List.of(a, b)) {
            Node to = from == a ? b : a;
            bodies.forEach(body -> assertThat(from.channel.send(to.id.nodeId(), Lane.DATA, TALK, body))
                    .isTrue());
            network.await("all arrive", () -> to.bodies.size() == bodies.size());
            assertThat(to.bodies).containsExactlyElementsOf(bodies);
        }
    }

    @Test
    void dataIsRefusedWhenTheLaneIsFullAndTakenAgainLater() {
        Node a = start("a");
        Node b = start("b");
        untilUp(a, b);
        Body large = Body.of(new byte[Body.LONGEST]);
        int taken = 0;
        while (a.channel.send("b", Lane.DATA, TALK, large)) {
            taken++;
            assertThat(taken).as("messages that wait").isLessThan(100_000);
        }
        int all = taken;
        assertThat(a.channel.counts().dropped(Lane.DATA)).isEqualTo(1);

        network.await("what was taken arrives", () -> b.bodies.size() == all);

        assertThat(a.channel.send("b", Lane.DATA, TALK, large)).isTrue();
    }

    @Test
    void nothingIsSentToWhoIsNotThere() {
        Node a = start("a");

        assertThat(a.channel.send("b", Lane.CONTROL, TALK, Body.of(new byte[0])))
                .isFalse();
        assertThat(a.channel.send("nobody", Lane.CONTROL, TALK, Body.of(new byte[0])))
                .isFalse();

        assertThat(a.channel.counts().dropped(Lane.CONTROL)).isEqualTo(2);
        assertThat(a.member("b").state()).isEqualTo(MemberState.GONE);
        network.await(
                "why", () -> !"it was not reached yet.".equals(a.member("b").problem()));
    }

    @Test
    void aBrokenLinkIsOpenedAgain() {
        Node a = start("a");
        Node b = start("b");
        untilUp(a, b);
        untilUp(b, a);

        network.breakPipes("b");

        network.await(
                "links again",
                () -> a.channel.counts().opened() == 2 && b.channel.counts().opened() == 2);
        network.await("messages pass", () -> {
            a.say(b, Lane.CONTROL, "again");
            return b.heard.contains("again");
        });
        assertThat(b.member("a").process()).isEqualTo(a.id);
    }

    @Test
    void whoSaysGoodbyeIsGoneAtOnceAndItsSuccessorIsAnotherProcess() {
        Node a = start("a");
        Node b = start("b");
        untilUp(a, b);
        untilUp(b, a);

        b.channel.close();
        network.await("b is gone", () -> a.member("b").state() == MemberState.GONE);
        assertThat(a.member("b").problem()).contains("b/1");

        Node successor = start("b", 2);
        untilUp(a, successor);
        assertThat(a.changes.stream()
                        .filter(change -> change.now().node().equals("b"))
                        .map(change -> change.now().state() + " " + change.now().process()))
                .containsExactly("UP b/1", "GONE b/1", "UP b/2");
    }

    @Test
    void whoDoesNotKnowTheSecretIsRefused() {
        Node a = start("a");
        Node stranger = node("b", 1, builder -> builder.secret(Secret.of("some other secret of tests")));
        Node strangeWorker = node("z", 1, builder -> builder.secret(Secret.of("some other secret of tests")));

        network.await(
                "refusals",
                () -> stranger.channel.counts().dialFailures()
                                        + a.channel.counts().refused(Cause.SECRET)
                                >= 1
                        && strangeWorker.channel.counts().refused(Cause.SECRET) >= 1);
        assertThat(a.member("b").state()).isEqualTo(MemberState.GONE);
        assertThat(stranger.heard).isEmpty();
        network.await(
                "the reason",
                () -> String.valueOf(strangeWorker.member("a").problem()).contains("secret"));
    }

    @Test
    void whoIsOfAnotherClusterIsRefusedInWords() {
        Node a = start("a");
        Node other = node("b", 1, builder -> builder.cluster("other"));

        network.await(
                "the reason at the dialer",
                () -> String.valueOf(a.member("b").problem()).contains("cluster"));
        network.await("a count at the acceptor", () -> other.channel.counts().refused(Cause.CLUSTER) >= 1);
    }

    @Test
    void whoseClockIsFarOffIsRefusedInWords() {
        Node a = start("a");
        TimeSource ahead = () -> {
            Moment now = network.time().now();
            return new Moment(now.nanos(), now.micros() + Duration.ofSeconds(30).toNanos() / 1_000);
        };
        Node b = track(new Node(
                new ProcessId("b", 1),
                builder(new PeerChannelBuilder(
                                new ProcessId("b", 1), network.transport("b"), ahead, network.scheduler()))
                        .build()));
        b.channel.start();

        network.await(
                "the reason", () -> String.valueOf(a.member("b").problem()).contains("clock"));
        assertThat(a.member("b").state()).isEqualTo(MemberState.GONE);
    }

    @Test
    void aSecondProcessOfANodeIsRefusedWhileTheFirstAnswers() {
        Node a = start("a");
        Node worker = start("worker");
        untilUp(a, worker);

        Node second = start("worker", 2);

        network.await("a refusal", () -> a.channel.counts().refused(Cause.IDENTITY) >= 1);
        network.await(
                "the reason", () -> String.valueOf(second.member("a").problem()).contains("another process"));
        assertThat(a.member("worker").process()).isEqualTo(worker.id);

        worker.channel.close();
        untilUp(a, second);
    }

    @Test
    void whoAnswersAtTheAddressOfAnotherIsRefused() {
        Node a = node("a", 1, builder -> builder.members(Map.of("a", network.address("a"), "b", network.address("c"))));
        start("c");

        network.await(
                "the reason", () -> String.valueOf(a.member("b").problem()).contains("it is c and not b"));
        assertThat(a.channel.counts().refused(Cause.IDENTITY)).isPositive();
    }

    @Test
    void anUnknownDestinationEndsTheLinkInWords() {
        Node a = start("a");
        Node b = start("b");
        untilUp(a, b);

        network.await("refused", () -> {
            a.channel.send("b", Lane.CONTROL, new Destination("nowhere"), Body.of(new byte[0]));
            return b.channel.counts().refused(Cause.DESTINATION) >= 1;
        });

        untilUp(a, b);
        network.await("messages pass", () -> {
            a.say(b, Lane.CONTROL, "still here");
            return b.heard.contains("still here");
        });
    }

    @Test
    void aDestinationHasOneReceiver() {
        Node a = start("a");

        assertThatIllegalStateException()
                .isThrownBy(() -> a.channel.receive(TALK, (from, body) -> {}))
                .withMessageContaining("talk");
    }

    @Test
    void aReceiverThatFailsLosesOneMessageOnly() {
        Node a = start("a");
        Node b = start("b");
        b.channel.receive(new Destination("fails"), (from, body) -> {
            throw new IllegalArgumentException("on purpose");
        });
        untilUp(a, b);

        a.channel.send("b", Lane.CONTROL, new Destination("fails"), Body.of(new byte[0]));
        a.say(b, Lane.CONTROL, "after it");

        network.await("the next one", () -> b.heard.contains("after it"));
    }

    @Test
    void pingsTellHowLongARoundTripTakesAndHowFarClocksAreApart() {
        Node a = start("a");
        Node b = start("b");
        untilUp(b, a);

        for (Node node : List.of(a, b)) {
            String other = node == a ? "b" : "a";
            network.await("a pong", () -> node.member(other).roundTrip() != null);
            assertThat(node.member(other).clockDifference()).isBetween(Duration.ofSeconds(-1), Duration.ofSeconds(1));
            assertThat(node.member(other).sameGroup()).isTrue();
        }
    }

    @Test
    void anotherGroupIsNotedAndNoReasonNotToLink() {
        Node a = start("a");
        Node b = node("b", 1, builder -> builder.group("another"));
        untilUp(a, b);
        untilUp(b, a);

        assertThat(a.member("b").sameGroup()).isFalse();
        assertThat(b.member("a").sameGroup()).isFalse();
    }

    // ---- nodes

    private Node start(String id) {
        return start(id, 1);
    }

    private Node start(String id, long incarnation) {
        return node(id, incarnation, builder -> {});
    }

    private Node node(String id, long incarnation, Consumer<PeerChannelBuilder> settings) {
        ProcessId process = new ProcessId(id, incarnation);
        PeerChannelBuilder builder =
                builder(new PeerChannelBuilder(process, network.transport(id), network.time(), network.scheduler()));
        settings.accept(builder);
        Node node = track(new Node(process, builder.build()));
        node.channel.start();
        return node;
    }

    private Node track(Node node) {
        channels.add(node.channel);
        return node;
    }

    private PeerChannelBuilder builder(PeerChannelBuilder builder) {
        Map<String, URI> members = new TreeMap<>();
        List.of("a", "b", "c").forEach(node -> members.put(node, network.address(node)));
        return builder.members(members).cluster("contract").group("one").secret(SECRET);
    }

    private void untilUp(Node node, Node... others) {
        for (Node other : others) {
            network.await(other.id + " is up for " + node.id, () -> {
                Member member = node.find(other.id.nodeId());
                return member != null && member.state() == MemberState.UP && other.id.equals(member.process());
            });
        }
    }

    private static List<String> numbered(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    /** One process of the contract. */
    private static final class Node {

        final ProcessId id;
        final PeerChannel channel;
        final Queue<String> heard = new ConcurrentLinkedQueue<>();
        final Queue<Body> bodies = new ConcurrentLinkedQueue<>();
        final Queue<ProcessId> senders = new ConcurrentLinkedQueue<>();
        final Queue<MemberChange> changes = new ConcurrentLinkedQueue<>();

        Node(ProcessId id, PeerChannel channel) {
            this.id = id;
            this.channel = channel;
            channel.receive(TALK, (from, body) -> {
                senders.add(from);
                bodies.add(body);
                heard.add(new String(body.bytes(), UTF_8));
            });
            Channel.Subscription unused = channel.watch(changes::add);
        }

        void say(Node to, Lane lane, String text) {
            channel.send(to.id.nodeId(), lane, TALK, Body.of(text.getBytes(UTF_8)));
        }

        List<String> heardOf(String prefix) {
            return heard.stream().filter(text -> text.startsWith(prefix)).toList();
        }

        Member member(String node) {
            Member member = find(node);
            assertThat(member).as("member " + node).isNotNull();
            return Objects.requireNonNull(member);
        }

        @Nullable
        Member find(String node) {
            return channel.members().stream()
                    .filter(member -> member.node().equals(node))
                    .findFirst()
                    .orElse(null);
        }
    }
}
