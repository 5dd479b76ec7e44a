package io.coordination.stomp;

import io.coordination.channel.Cause;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One WebSocket that was dialed from elsewhere. Tomcat calls one method at a time while it reads, and the end from any thread. */
final class HubEndpoint extends Endpoint {

    private static final Logger LOG = LoggerFactory.getLogger(HubEndpoint.class);

    private final HubPipes pipes;
    private final HubPipes.Caller caller;
    private volatile @Nullable StompPipe pipe;
    private volatile @Nullable String trouble;

    HubEndpoint(HubPipes pipes, HubPipes.Caller caller) {
        this.pipes = pipes;
        this.caller = caller;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        StompPipe plugged = pipes.open(new HubLine(session, caller));
        if (plugged == null) {
            refuse(session);
            return;
        }
        pipe = plugged;
        session.addMessageHandler(
                ByteBuffer.class, (MessageHandler.Partial<ByteBuffer>) (bytes, last) -> plugged.read(bytes));
        session.addMessageHandler(
                String.class, (MessageHandler.Partial<String>) (characters, last) -> plugged.readText(characters));
        plugged.opened();
    }

    private void refuse(Session session) {
        pipes.refused(Cause.TOO_MANY, HubPipes.FULL, caller);
        try {
            session.close(new CloseReason(CloseReason.CloseCodes.TRY_AGAIN_LATER, HubPipes.FULL));
        } catch (IOException e) {
            LOG.debug("{} was gone before it was told that there is no room.", caller.remote(), e);
        }
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        StompPipe plugged = pipe;
        if (plugged != null) {
            String before = trouble;
            plugged.broken(
                    before == null
                            ? CloseCode.inWords(reason.getCloseCode().getCode(), reason.getReasonPhrase())
                            : before);
        }
    }

    @Override
    public void onError(Session session, Throwable failure) {
        trouble = "the connection broke: " + Words.failure(failure);
    }
}
