package io.coordination.stomp;

import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A WebSocket of the JDK, which calls one method of the listener at a time, and reads on only when asked to. */
final class DialedLine implements WebSocket.Listener, Line {

    private final URI target;
    private final boolean mutual;
    private final Function<Line, StompPipe> plug;
    private final Consumer<String> notOpened;
    private volatile @Nullable WebSocket socket;
    private volatile @Nullable StompPipe pipe;

    DialedLine(URI target, boolean mutual, Function<Line, StompPipe> plug, Consumer<String> notOpened) {
        this.target = target;
        this.mutual = mutual;
        this.plug = plug;
        this.notOpened = notOpened;
    }

    @Override
    public void onOpen(WebSocket opened) {
        if (!opened.getSubprotocol().equals(StompVersion.SUB_PROTOCOL)) {
            opened.abort();
            notOpened.accept(target + " is a WebSocket, but not of STOMP " + StompVersion.SPOKEN
                    + ": check that the port is the coordination.peers.port of the instance.");
            return;
        }
        socket = opened;
        StompPipe plugged = plug.apply(this);
        pipe = plugged;
        plugged.opened();
        opened.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer bytes, boolean last) {
        plugged().read(bytes);
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence characters, boolean last) {
        plugged().read(ByteBuffer.wrap(characters.toString().getBytes(StandardCharsets.UTF_8)));
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        plugged().broken(CloseCode.inWords(status, reason));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        plugged().broken("the connection broke: " + Words.failure(failure));
    }

    private StompPipe plugged() {
        StompPipe now = pipe;
        if (now == null) {
            throw new IllegalStateException("Not open.");
        }
        return now;
    }

    private WebSocket socket() {
        WebSocket now = socket;
        if (now == null) {
            throw new IllegalStateException("Not open.");
        }
        return now;
    }

    @Override
    public void send(ByteBuffer message, boolean text, Consumer<@Nullable Throwable> done) {
        CompletableFuture<WebSocket> sent = text
                ? socket().sendText(StandardCharsets.UTF_8.decode(message), true)
                : socket().sendBinary(message, true);
        var unused = sent.whenComplete((same, failure) -> done.accept(failure));
    }

    @Override
    public void close(String reason) {
        var unused = socket().sendClose(WebSocket.NORMAL_CLOSURE, Words.closeReason(reason));
    }

    @Override
    public void cut() {
        socket().abort();
    }

    @Override
    public String remote() {
        return target.toString();
    }

    @Override
    public boolean isMutuallyAuthenticated() {
        return mutual;
    }
}
