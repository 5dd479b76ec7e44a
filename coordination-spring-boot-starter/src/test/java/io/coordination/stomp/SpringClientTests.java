package io.coordination.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.channel.Cause;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.converter.SimpleMessageConverter;
import org.springframework.messaging.simp.stomp.StompFrameHandler;
import org.springframework.messaging.simp.stomp.StompHeaders;
import org.springframework.messaging.simp.stomp.StompSession;
import org.springframework.messaging.simp.stomp.StompSessionHandlerAdapter;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;
import org.springframework.web.socket.messaging.WebSocketStompClient;

/** Spring's own STOMP client, which knows nothing of links, against the hub. */
class SpringClientTests {

    private record Arrived(StompHeaders headers, String body) {}

    /** Takes everything; the first frame without a destination of its own is an ERROR. */
    private static final class Handler extends StompSessionHandlerAdapter implements StompFrameHandler {

        final BlockingQueue<Arrived> frames = new LinkedBlockingQueue<>();
        final CompletableFuture<StompHeaders> connected = new CompletableFuture<>();
        final CompletableFuture<Throwable> broken = new CompletableFuture<>();

        @Override
        public void afterConnected(StompSession session, StompHeaders headers) {
            connected.complete(headers);
        }

        @Override
        public Type getPayloadType(StompHeaders headers) {
            return byte[].class;
        }

        @Override
        public void handleFrame(StompHeaders headers, Object payload) {
            frames.add(
                    new Arrived(headers, payload == null ? "" : new String((byte[]) payload, StandardCharsets.UTF_8)));
        }

        @Override
        public void handleTransportError(StompSession session, Throwable failure) {
            broken.complete(failure);
        }

        Arrived next() throws InterruptedException {
            Arrived next = frames.poll(20, TimeUnit.SECONDS);
            assertThat(next).isNotNull();
            return next;
        }
    }

    private final TestHub hub = TestHub.trusting();
    private final ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
    private final WebSocketStompClient client = new WebSocketStompClient(new StandardWebSocketClient());
    private final Handler handler = new Handler();
    private StompSession session;

    @BeforeEach
    void connect() throws Exception {
        scheduler.initialize();
        client.setTaskScheduler(scheduler);
        client.setMessageConverter(new SimpleMessageConverter());
        client.start();
        StompHeaders connect = new StompHeaders();
        connect.set("coordination-node", "spring");
        session = client.connectAsync(hub.door(), new WebSocketHttpHeaders(), connect, handler)
                .get(20, TimeUnit.SECONDS);
        session.setAutoReceipt(true);
    }

    @AfterEach
    void close() {
        client.stop();
        scheduler.shutdown();
        hub.close();
    }

    private void receipt(StompSession.Receiptable sent) throws Exception {
        CompletableFuture<Void> received = new CompletableFuture<>();
        sent.addReceiptTask(() -> received.complete(null));
        sent.addReceiptLostTask(() -> received.completeExceptionally(new AssertionError("no receipt")));
        received.get(20, TimeUnit.SECONDS);
    }

    private StompHeaders to(String destination) {
        StompHeaders headers = new StompHeaders();
        headers.setDestination(destination);
        return headers;
    }

    private void accepted() throws Exception {
        receipt(session.send(to("/coordination/proof"), new byte[0]));
        StompHeaders subscribe = to("/coordination/*");
        subscribe.setAck("client");
        receipt(session.subscribe(subscribe, handler));
    }

    @Test
    void itConnectsWithHeartBeatsAndGetsTheGreeting() throws Exception {
        StompHeaders headers = handler.connected.get(20, TimeUnit.SECONDS);
        assertThat(headers.getFirst("version")).isEqualTo("1.2");
        assertThat(headers.getHeartbeat()).containsExactly(10_000, 0);
        assertThat(headers.getFirst("coordination-node")).isEqualTo("hub");
    }

    @Test
    void itSubscribesSendsAndReceives() throws Exception {
        accepted();
        receipt(session.send(to("/coordination/echo"), "\u00fcber\0".getBytes(StandardCharsets.UTF_8)));
        Arrived back = handler.next();
        assertThat(back.body()).isEqualTo("\u00fcber\0");
        assertThat(back.headers().getDestination()).isEqualTo("/coordination/echo");
    }

    @Test
    void dataIsAcknowledgedBothWays() throws Exception {
        accepted();
        session.setAutoReceipt(false);
        StompHeaders data = to("/coordination/echo");
        data.set("coordination-number", "1");
        session.send(data, new byte[] {1});
        Arrived back = handler.next();
        assertThat(back.headers().getFirst("ack")).isEqualTo("1");
        TestEnd end = hub.nextEnd();
        end.next();
        end.next();
        end.next();
        StompHeaders acknowledge = new StompHeaders();
        acknowledge.setId("1");
        session.acknowledge(acknowledge, true);
        assertThat(end.next()).isEqualTo(new io.coordination.channel.Frame.Acknowledged(1));
    }

    @Test
    void itGetsTheReasonOfAnError() throws Exception {
        accepted();
        StompHeaders wrong = new StompHeaders();
        wrong.setId("x");
        session.acknowledge(wrong, false);
        Arrived error = handler.next();
        assertThat(error.headers().getFirst("message")).contains("NACK is not understood");
        assertThat(hub.nextEnd().complaint().cause()).isEqualTo(Cause.MALFORMED);
        assertThat(handler.broken.get(20, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void itTakesItsLeave() {
        session.disconnect();
        assertThat(hub.nextEnd().end()).isNotEmpty();
    }
}
