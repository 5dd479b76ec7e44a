package io.coordination.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket that says whatever a test wants, and reads STOMP with a reader of its own. */
final class RawClient implements WebSocket.Listener, AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int SECONDS = 20;

    /** One WebSocket message as it came. */
    record Arrived(String content, boolean text) {

        String command() {
            return content.substring(0, content.indexOf('\n'));
        }

        /** Headers as they are on the wire, escaped. */
        Map<String, String> headers() {
            Map<String, String> headers = new LinkedHashMap<>();
            content.substring(content.indexOf('\n') + 1, content.indexOf("\n\n"))
                    .lines()
                    .forEach(line ->
                            headers.put(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 1)));
            return headers;
        }

        String body() {
            return content.substring(content.indexOf("\n\n") + 2, content.length() - 1);
        }
    }

    final BlockingQueue<Arrived> arrived = new LinkedBlockingQueue<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;

    RawClient(URI door) {
        socket = HTTP.newWebSocketBuilder()
                .subprotocols("v12.stomp")
                .buildAsync(door, this)
                .join();
    }

    /** Connected and accepted. */
    static RawClient accepted(URI door) {
        RawClient client = new RawClient(door);
        client.send("CONNECT\naccept-version:1.2\nhost:x\n\n\0");
        assertThat(client.next().command()).isEqualTo("CONNECTED");
        client.send("SEND\ndestination:/coordination/proof\nreceipt:p\n\n\0");
        assertThat(client.next().headers()).containsEntry("receipt-id", "p");
        return client;
    }

    RawClient send(String frames) {
        return send(frames.getBytes(StandardCharsets.UTF_8));
    }

    RawClient send(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
        return this;
    }

    RawClient sendText(String frames) {
        socket.sendText(frames, true).join();
        return this;
    }

    Arrived next() {
        try {
            Arrived next = arrived.poll(SECONDS, TimeUnit.SECONDS);
            assertThat(next).as("the next message from the hub").isNotNull();
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    int closeCode() {
        return closed.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer bytes, boolean last) {
        byte[] piece = new byte[bytes.remaining()];
        bytes.get(piece);
        binary.write(piece, 0, piece.length);
        if (last) {
            arrived.add(new Arrived(binary.toString(StandardCharsets.UTF_8), false));
            binary.reset();
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence characters, boolean last) {
        text.append(characters);
        if (last) {
            arrived.add(new Arrived(text.toString(), true));
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        closed.complete(status);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        closed.completeExceptionally(failure);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
