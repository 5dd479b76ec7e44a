package io.coordination.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.ProcessId;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Who is there, as pings and links tell, in virtual time. */
class MembershipTests {

    private static final LinkTimes TIMES = LinkTimes.DEFAULT;

    private final SimulatedChannels network = new SimulatedChannels();
    private final List<String> news = new ArrayList<>();

    @Test
    void whoFallsSilentIsSuspectedThenGoneAndComesBack() {
        PeerChannel a = started("a", 1);
        PeerChannel b = started("b", 1);
        Channel.Subscription unused = a.watch(this::note);
        untilUp(a);
        news.clear();

        network.network.unplug("b");
        long silent = network.time.now().nanos();
        network.await("suspicion", () -> state(a) == MemberState.SUSPECTED);
        assertThat(since(silent))
                .isBetween(TIMES.suspect().minus(TIMES.ping()), TIMES.suspect().plus(TIMES.ping()));
        network.await("gone", () -> state(a) == MemberState.GONE);
        assertThat(since(silent))
                .isBetween(TIMES.gone(), TIMES.gone().multipliedBy(2).plus(TIMES.ping()));

        network.network.plugIn("b");
        untilUp(a);
        assertThat(news).containsExactly("b/1 SUSPECTED", "b/1 GONE", "b/1 UP");
    }

    @Test
    void whoseLinkBreaksIsSuspectedAndUpAgainWithoutBeingGone() {
        PeerChannel a = started("a", 1);
        PeerChannel b = started("b", 1);
        untilUp(a);
        Channel.Subscription unused = a.watch(this::note);

        network.breakPipes("b");
        untilUp(a);
        network.await("a new link", () -> a.counts().opened() == 2);

        assertThat(news).containsExactly("b/1 SUSPECTED", "b/1 UP");
    }

    @Test
    void aProcessThatDiedIsReplacedByItsSuccessorAsSoonAsItsLinkIsClosed() {
        PeerChannel a = started("a", 1);
        PeerChannel b = started("b", 1);
        untilUp(a);
        untilUp(b);

        network.breakPipes("b");
        long died = network.time.now().nanos();
        PeerChannel successor = started("b", 2);
        network.await(
                "the successor", () -> new ProcessId("b", 2).equals(member(a).process()));

        assertThat(since(died)).isLessThan(Duration.ofSeconds(1));
        untilUp(successor);
    }

    @Test
    void aProcessThatDiedWithoutAWordIsReplacedOnceItNoLongerAnswers() {
        PeerChannel hub = started("a", 1);
        PeerChannel worker = started("worker", 1);
        untilUp(worker);
        // Its machine is gone: the hub's end of the link stays open.
        network.network.unplug("worker");
        long died = network.time.now().nanos();
        PeerChannel successor = channel("worker", 2, "elsewhere");
        successor.start();

        network.await(
                "the successor",
                () -> hub.members().stream().anyMatch(member -> new ProcessId("worker", 2).equals(member.process())));

        assertThat(since(died))
                .isBetween(TIMES.suspect().minus(TIMES.ping()), TIMES.suspect().plus(TIMES.longestRetry()));
    }

    @Test
    void pausesBetweenDialsGrowAndStayBounded() {
        PeerChannel a = started("a", 1);
        network.time.advance(Duration.ofMinutes(1));
        long afterOneMinute = a.counts().dialFailures();
        network.time.advance(Duration.ofMinutes(1));
        long inTheSecond = a.counts().dialFailures() - afterOneMinute;

        // Two nodes, pauses of 1.5 to 3 s
        assertThat(inTheSecond).isBetween(2 * 60_000L / 3_000, 2 * 60_000L / 1_500);
        assertThat(afterOneMinute).isGreaterThan(inTheSecond);
    }

    @Test
    void whereBothDialOneLinkStays() {
        // Each thinks that it is not in the list, and so that it has to dial.
        Map<String, URI> onlyB = Map.of("b", URI.create("memory://b"), "x", URI.create("memory://x"));
        PeerChannel b = started("b", 1);
        PeerChannel a = builder("a", 1, "a").members(onlyB).build();
        a.start();
        network.await("linked", () -> state(a) == MemberState.UP && member(b).process() != null);
        network.time.advance(Duration.ofSeconds(30));

        assertThat(state(a)).isEqualTo(MemberState.UP);
        assertThat(b.counts().opened()).isEqualTo(1);
        assertThat(a.counts().opened()).isEqualTo(1);
    }

    @Test
    void workersThatAreGoneAreForgotten() {
        PeerChannel a = started("a", 1);
        for (int i = 0; i < 20; i++) {
            PeerChannel worker = started("worker-" + i, 1);
            untilUp(worker);
            worker.close();
        }
        network.await("forgotten", () -> a.members().size() == 2);

        assertThat(a.members()).extracting(Member::node).containsExactly("b", "c");
    }

    @Test
    void whoSpeaksTooOftenIsRefused() {
        PeerChannel a = started("a", 1);
        PeerChannel b = builder("b", 1, "b").times(slow()).build();
        b.receive(new Destination("talk"), (from, body) -> {});
        b.start();
        untilUp(a);

        for (int i = 0; i < 150; i++) {
            a.send("b", Lane.CONTROL, new Destination("talk"), Body.of(new byte[0]));
        }
        network.await("refused", () -> b.counts().refused(Cause.TOO_MANY) == 1);

        network.await("the reason", () -> String.valueOf(member(a).problem()).contains("more than 100 frames"));
    }

    private static LinkTimes slow() {
        return new LinkTimes(
                TIMES.greeting(),
                TIMES.ping(),
                TIMES.suspect(),
                TIMES.gone(),
                TIMES.firstRetry(),
                TIMES.longestRetry(),
                100,
                TIMES.controlBytes(),
                TIMES.dataBytes(),
                TIMES.window());
    }

    private void note(MemberChange change) {
        if (change.now().node().equals("b")) {
            news.add(change.now().process() + " " + change.now().state());
        }
    }

    private Duration since(long nanos) {
        return Duration.ofNanos(network.time.now().nanos() - nanos);
    }

    private void untilUp(PeerChannel from) {
        network.await("up", () -> state(from) == MemberState.UP);
    }

    private static MemberState state(PeerChannel channel) {
        return member(channel).state();
    }

    private static Member member(PeerChannel channel) {
        return channel.members().get(0);
    }

    private PeerChannel started(String node, long incarnation) {
        PeerChannel channel = channel(node, incarnation, node);
        channel.start();
        return channel;
    }

    private PeerChannel channel(String node, long incarnation, String place) {
        return builder(node, incarnation, place).build();
    }

    private PeerChannelBuilder builder(String node, long incarnation, String place) {
        Map<String, URI> members = new TreeMap<>();
        List.of("a", "b", "c").forEach(name -> members.put(name, network.address(name)));
        return new PeerChannelBuilder(
                        new ProcessId(node, incarnation), network.transport(place), network.time(), network.scheduler())
                .members(members)
                .secret(Secret.of("a secret for tests only"));
    }
}
