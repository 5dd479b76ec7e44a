package io.coordination.benchmarks.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.catalina.LifecycleException;
import org.jspecify.annotations.Nullable;

/**
 * The limit: what a message of the size of an Ask and its answer take over the WebSocket of the JDK and Tomcat's, and no lock at
 * all. To take is one round trip, to give back is nothing.
 */
final class RawEcho implements Locks {

    /** What an Ask has in all, as a STOMP frame. */
    static final int BYTES = 200;

    private static final int THREADS = 2;

    private final EchoServer server;
    private final List<ExecutorService> threads = new ArrayList<>();
    private final List<HttpClient> dialers = new ArrayList<>();
    private final List<WebSocket> sockets = new ArrayList<>();

    RawEcho() throws IOException, LifecycleException {
        server = new EchoServer();
        for (int i = 0; i < INSTANCES; i++) {
            ExecutorService pool = Executors.newFixedThreadPool(THREADS);
            threads.add(pool);
            dialers.add(HttpClient.newBuilder().executor(pool).build());
        }
    }

    @Override
    public Client client(int instance) {
        EchoClient client = new EchoClient();
        client.socket = dialers.get(instance)
                .newWebSocketBuilder()
                .buildAsync(server.address(), client)
                .join();
        sockets.add(client.socket);
        return client;
    }

    @Override
    public void close() throws IOException {
        sockets.forEach(WebSocket::abort);
        server.close();
        threads.forEach(ExecutorService::shutdownNow);
    }

    /** Where everything in this package listens. */
    static String loopback() {
        return InetAddress.getLoopbackAddress().getHostAddress();
    }

    private static final class EchoClient implements Client, WebSocket.Listener {

        private final ByteBuffer question = ByteBuffer.allocate(BYTES);
        private volatile CompletableFuture<Integer> answer = new CompletableFuture<>();
        private int heard;
        private @Nullable WebSocket socket;

        @Override
        public void take(String name) throws Exception {
            WebSocket open = socket;
            if (open == null) {
                throw new IOException("Not dialed.");
            }
            CompletableFuture<Integer> awaited = new CompletableFuture<>();
            answer = awaited;
            var unused = open.sendBinary(question.duplicate(), true).whenComplete((same, failure) -> {
                if (failure != null) {
                    awaited.completeExceptionally(failure);
                }
            });
            awaited.get();
        }

        @Override
        public void giveBack() {}

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer bytes, boolean last) {
            heard += bytes.remaining();
            if (heard >= BYTES) {
                heard = 0;
                answer.complete(BYTES);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            answer.completeExceptionally(new IOException("Closed with " + status + ": " + reason));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            answer.completeExceptionally(failure);
        }
    }
}
