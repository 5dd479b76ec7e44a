package io.coordination.stomp;

import io.coordination.channel.Transport;
import io.coordination.runtime.SystemScheduler;
import io.coordination.runtime.SystemTimeSource;
import io.coordination.test.ChannelContract;
import io.coordination.test.ChannelsUnderTest;
import io.coordination.time.Scheduler;
import io.coordination.time.TimeSource;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** The contract of channels over real WebSockets, each node with a Tomcat of its own. */
class StompChannelTests extends ChannelContract {

    @Override
    protected ChannelsUnderTest newNetwork() {
        return new WebSockets();
    }

    private static final class WebSockets implements ChannelsUnderTest {

        private final SystemTimeSource time = new SystemTimeSource();
        private final SystemScheduler timer = new SystemScheduler(time);
        private final Map<String, Integer> ports = new ConcurrentHashMap<>();
        private final Map<String, List<BreakableTransport>> transports = new ConcurrentHashMap<>();

        @Override
        public URI address(String node) {
            return URI.create("ws://localhost:" + port(node));
        }

        @Override
        public Transport transport(String node) {
            BreakableTransport transport = new BreakableTransport(new StompTransport(
                    new StompTransport.Settings(port(node), InetAddress.getLoopbackAddress(), null, null),
                    (cause, reason, remote) -> {}));
            transports
                    .computeIfAbsent(node, name -> new CopyOnWriteArrayList<>())
                    .add(transport);
            return transport;
        }

        @Override
        public TimeSource time() {
            return time;
        }

        @Override
        public Scheduler scheduler() {
            return timer;
        }

        @Override
        public void await(String what, BooleanSupplier condition) {
            Awaitility.await(what)
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(5))
                    .until(condition::getAsBoolean);
        }

        @Override
        public void breakPipes(String node) {
            transports.getOrDefault(node, List.of()).forEach(BreakableTransport::breakPipes);
        }

        @Override
        public void close() {
            timer.close();
        }

        private int port(String node) {
            return ports.computeIfAbsent(node, name -> FreePort.find());
        }
    }
}
