package io.coordination.stomp;

import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.tomcat.websocket.Constants;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A WebSocket of Tomcat. */
final class HubLine implements Line {

    private static final Logger LOG = LoggerFactory.getLogger(HubLine.class);

    private final Session session;
    private final HubPipes.Caller caller;
    private final RemoteEndpoint.Async out;

    HubLine(Session session, HubPipes.Caller caller) {
        this.session = session;
        this.caller = caller;
        session.getUserProperties().put(Constants.BLOCKING_SEND_TIMEOUT_PROPERTY, Limits.BLOCKED.toMillis());
        session.getUserProperties().put(Constants.SESSION_CLOSE_TIMEOUT_PROPERTY, Limits.FAREWELL.toMillis());
        this.out = session.getAsyncRemote();
        out.setSendTimeout(Limits.SEND.toMillis());
    }

    @Override
    public void send(ByteBuffer message, boolean text, Consumer<@Nullable Throwable> done) {
        SendHandler handler = result -> done.accept(result.isOK() ? null : result.getException());
        try {
            if (text) {
                out.sendText(StandardCharsets.UTF_8.decode(message).toString(), handler);
            } else {
                out.sendBinary(message, handler);
            }
        } catch (IllegalStateException e) {
            // Closed meanwhile
            done.accept(e);
        }
    }

    @Override
    public void close(String reason) {
        close(new CloseReason(CloseReason.CloseCodes.NORMAL_CLOSURE, Words.closeReason(reason)));
    }

    @Override
    public void cut() {
        close(new CloseReason(CloseReason.CloseCodes.GOING_AWAY, ""));
    }

    private void close(CloseReason reason) {
        try {
            session.close(reason);
        } catch (IOException | IllegalStateException e) {
            LOG.debug("The link from {} was closed already.", remote(), e);
        }
    }

    @Override
    public String remote() {
        return caller.remote();
    }

    @Override
    public boolean isMutuallyAuthenticated() {
        return caller.certified();
    }
}
