package io.coordination.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.test.ChannelsUnderTest;
import io.coordination.test.InMemoryNetwork;
import io.coordination.test.VirtualTime;
import io.coordination.time.Scheduler;
import io.coordination.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Channels in virtual time, on a network with a millisecond of delay and 100 MB a second. */
final class SimulatedChannels implements ChannelsUnderTest {

    static final Duration DELAY = Duration.ofMillis(1);

    private static final Duration STEP = Duration.ofMillis(1);
    private static final int MOST_STEPS = 60_000;

    final VirtualTime time = new VirtualTime();
    final InMemoryNetwork network;

    SimulatedChannels() {
        this(DELAY, 100_000_000);
    }

    SimulatedChannels(Duration delay, long bytesPerSecond) {
        network = new InMemoryNetwork(time, time, delay, bytesPerSecond);
    }

    @Override
    public URI address(String node) {
        return InMemoryNetwork.address(node);
    }

    @Override
    public Transport transport(String node) {
        return network.transport(node);
    }

    @Override
    public TimeSource time() {
        return time;
    }

    @Override
    public Scheduler scheduler() {
        return time;
    }

    @Override
    public void await(String what, BooleanSupplier condition) {
        for (int step = 0; !condition.getAsBoolean(); step++) {
            assertThat(step).as("waiting: " + what).isLessThan(MOST_STEPS);
            time.advance(STEP);
        }
    }

    @Override
    public void breakPipes(String node) {
        network.breakPipes(node);
    }

    @Override
    public void close() {}
}
