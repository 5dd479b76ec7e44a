package io.coordination.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.channel.Cause;
import java.net.InetAddress;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.boot.ssl.SslBundle;

/** A real hub on loopback whose pipes end in {@link TestEnd}s. */
final class TestHub implements AutoCloseable {

    final Queue<Cause> refused = new ConcurrentLinkedQueue<>();
    final BlockingQueue<TestEnd> ends = new LinkedBlockingQueue<>();
    final StompTransport transport;

    private final boolean secure;

    TestHub(Supplier<TestEnd> newEnd, SslBundle tls) {
        this.secure = tls != null;
        this.transport = new StompTransport(
                new StompTransport.Settings(0, InetAddress.getLoopbackAddress(), tls, null),
                (cause, reason, remote) -> refused.add(cause));
        transport.listen(() -> {
            TestEnd end = newEnd.get();
            ends.add(end);
            return end;
        });
    }

    static TestHub trusting() {
        return new TestHub(TestEnd::trusting, null);
    }

    URI address() {
        return URI.create((secure ? "wss" : "ws") + "://localhost:" + transport.port());
    }

    URI door() {
        return address().resolve("/coordination");
    }

    /** The end of the next pipe that was taken. */
    TestEnd nextEnd() {
        try {
            TestEnd end = ends.poll(20, TimeUnit.SECONDS);
            assertThat(end).as("an end at the hub").isNotNull();
            return end;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        transport.close();
    }
}
