package io.coordination.stomp;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An open WebSocket, as far as a pipe needs it.
 *
 * <p>Threads: {@code send} and {@code close} by one at a time, {@code cut} by any. Blocking: never, but for {@code close}, which may for a moment.
 */
interface Line {

    /**
     * Sends one message.
     *
     * @param done called once, perhaps before this returns, with null or with what failed
     */
    void send(ByteBuffer message, boolean text, Consumer<@Nullable Throwable> done);

    /** Says goodbye: the other end answers, and the line is closed. */
    void close(String reason);

    /** Closes the connection without a word. Idempotent. */
    void cut();

    String remote();

    boolean isMutuallyAuthenticated();
}
