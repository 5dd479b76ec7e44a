package io.coordination.channel;

import java.net.URI;

/**
 * Opens pipes to other processes, and takes pipes from them.
 *
 * <p>Threads: any. Blocking: {@code listen} until the port is bound, {@code close} for a moment; {@code dial} never.
 */
public interface Transport extends AutoCloseable {

    /**
     * Takes pipes from now on.
     *
     * @throws LinkException if that is not possible, such as when the port is in use
     */
    void listen(Acceptor acceptor);

    /** Begins to open a pipe; the listener is told whether it opens or not. */
    void dial(URI address, Pipe.Listener listener);

    /** Closes all pipes and takes no more. Idempotent. */
    @Override
    void close();

    /** Takes what is dialed from elsewhere. */
    @FunctionalInterface
    interface Acceptor {

        /** The listener of a new pipe, for which {@code opened} follows. */
        Pipe.Listener accept();
    }
}
