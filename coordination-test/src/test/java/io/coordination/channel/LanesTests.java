package io.coordination.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.ProcessId;
import io.coordination.time.Moment;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Control is urgent, however much data is under way; and what waits is bounded. */
class LanesTests {

    private static final Destination TALK = new Destination("talk");
    private static final Body LARGE = Body.of(new byte[Body.LONGEST]);
    private static final Body SMALL = Body.of(new byte[100]);

    private final SimulatedChannels network = new SimulatedChannels();

    @Test
    void controlIsNotBehindMoreThanAWindowOfData() {
        PeerChannel a = channel("a");
        PeerChannel b = channel("b");
        List<Long> arrivals = new ArrayList<>();
        int[] data = {0};
        b.receive(TALK, (from, body) -> {
            if (body.length() == SMALL.length()) {
                arrivals.add(network.time.now().nanos());
            } else {
                data[0]++;
            }
        });
        link(a, b);
        int megabytes = 0;
        while (a.send("b", Lane.DATA, TALK, LARGE)) {
            megabytes += Body.LONGEST;
        }
        assertThat(megabytes).isGreaterThan(3_000_000);

        // A window and a batch at 100 MB a second, and the way.
        long bound = (2L * Body.LONGEST + 3 * 32_768) * 10 + 2 * SimulatedChannels.DELAY.toNanos();
        for (int i = 0; i < 20; i++) {
            int before = arrivals.size();
            Moment sent = network.time.now();
            assertThat(a.send("b", Lane.CONTROL, TALK, SMALL)).isTrue();
            network.await("control", () -> arrivals.size() > before);
            assertThat(arrivals.get(before) - sent.nanos()).isLessThan(bound);
        }
        assertThat(a.waiting(Lane.DATA)).as("data still waits").isPositive();
        int all = megabytes / Body.LONGEST;
        network.await("all data", () -> data[0] == all);
        assertThat(a.waiting(Lane.DATA)).isZero();
    }

    @Test
    void bothLanesAreBoundedWhileTheOtherEndTakesNothing() {
        PeerChannel a = channel("a");
        PeerChannel b = channel("b");
        b.receive(TALK, (from, body) -> {});
        link(a, b);
        network.network.unplug("b");

        for (Lane lane : Lane.values()) {
            int taken = 0;
            while (a.send("b", lane, TALK, LARGE)) {
                taken++;
                assertThat(taken).as("messages taken").isLessThan(1_000);
            }
            assertThat(a.counts().dropped(lane)).isEqualTo(1);
        }

        network.await("the link is given up", () -> a.members().get(0).state() == MemberState.GONE);
        assertThat(a.waiting(Lane.CONTROL) + a.waiting(Lane.DATA)).isZero();
    }

    private void link(PeerChannel a, PeerChannel b) {
        a.start();
        b.start();
        network.await(
                "a link",
                () -> a.members().get(0).state() == MemberState.UP
                        && b.members().get(0).state() == MemberState.UP);
    }

    private PeerChannel channel(String node) {
        return new PeerChannelBuilder(
                        new ProcessId(node, 1), network.transport(node), network.time(), network.scheduler())
                .members(Map.of("a", URI.create("memory://a"), "b", URI.create("memory://b")))
                .secret(Secret.of("a secret for tests only"))
                .maxClockDifference(Duration.ofSeconds(1))
                .build();
    }
}
