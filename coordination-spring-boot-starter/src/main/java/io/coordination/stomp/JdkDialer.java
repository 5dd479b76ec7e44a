package io.coordination.stomp;

import io.coordination.channel.Pipe;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Dials with the WebSocket client of the JDK, which needs no container. */
final class JdkDialer {

    private static final Set<String> SCHEMES = Set.of("ws", "wss");

    private final HttpClient client;
    private final LinkThreads threads;
    private final StompCodec codec;
    private final boolean certificates;
    private final OpenPipes pipes = new OpenPipes();

    JdkDialer(@Nullable SSLContext tls, LinkThreads threads, StompCodec codec) {
        // Links are between instances: a proxy that this JVM uses for the web has no place there
        HttpClient.Builder builder = HttpClient.newBuilder()
                .executor(threads.executor())
                .connectTimeout(Limits.CONNECT)
                .proxy(HttpClient.Builder.NO_PROXY);
        this.client = (tls == null ? builder : builder.sslContext(tls)).build();
        this.certificates = tls != null;
        this.threads = threads;
        this.codec = codec;
    }

    void dial(URI address, Pipe.Listener listener) {
        try {
            URI target = target(address);
            // Whether the other end asked for the certificate of this one, the JDK does not say; hubs do
            boolean mutual = certificates && target.getScheme().equals("wss");
            DialedLine dialed = new DialedLine(
                    target, mutual, line -> plug(line, target, listener), reason -> notOpened(listener, reason));
            var unused = client.newWebSocketBuilder()
                    .connectTimeout(Limits.CONNECT)
                    .subprotocols(StompVersion.SUB_PROTOCOL)
                    .buildAsync(target, dialed)
                    .whenComplete((opened, failure) -> {
                        if (failure != null) {
                            notOpened(listener, DialFailure.inWords(target, failure));
                        }
                    });
        } catch (RejectedExecutionException e) {
            notOpened(listener, "this process takes part no more: its transport is closed");
        } catch (IllegalArgumentException e) {
            notOpened(
                    listener,
                    "\"" + address + "\" is no address of a hub: it has the form ws://host:port or wss://host:port. "
                            + e.getMessage());
        }
    }

    private StompPipe plug(Line line, URI target, Pipe.Listener listener) {
        Conversation conversation = new DialerConversation(target.getHost());
        StompPipe pipe = new StompPipe(line, conversation, codec, listener, threads);
        pipes.add(pipe);
        return pipe;
    }

    private void notOpened(Pipe.Listener listener, String reason) {
        threads.execute(() -> listener.closed(reason));
    }

    /** With the path of the hub, if there is none. */
    static URI target(URI address) {
        String path = address.getPath();
        if (address.getHost() == null || !SCHEMES.contains(String.valueOf(address.getScheme()))) {
            throw new IllegalArgumentException("The host is missing, or the scheme is another.");
        } else if (path != null && !path.isEmpty() && !path.equals("/")) {
            return address;
        }
        try {
            return new URI(
                    address.getScheme(), null, address.getHost(), address.getPort(), StompTransport.PATH, null, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Says goodbye on all pipes. */
    void close() {
        pipes.close();
    }
}
