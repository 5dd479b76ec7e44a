package io.coordination.channel;

import java.util.List;

/**
 * A connection that carries frames in order, until it breaks.
 *
 * <p>Threads: {@code write} is called by one thread at a time and not again before {@code written} has run; {@code close} by any
 * thread at any time. Blocking: never. Failure: what cannot be written closes the pipe, and the listener is told.
 */
public interface Pipe {

    /**
     * Sends these, in one go where that is possible.
     *
     * @param written runs when more can be taken, on any thread, perhaps before this returns; never if the pipe breaks
     */
    void write(List<Frame> frames, Runnable written);

    /** Closes it after what is being written. The listener is told. Idempotent. */
    void close();

    /** Whether each end has shown the other a certificate that it trusts. */
    boolean isMutuallyAuthenticated();

    /** Where the other end is, for people. */
    String remote();

    /**
     * What a pipe tells its end. Calls come one after another, {@code closed} last and once.
     *
     * <p>Threads: those of the transport. Blocking: must not, and must not throw.
     */
    interface Listener {

        /** It can be written to. First, and once; not if it was closed before. */
        void opened(Pipe pipe);

        /** The other end said this. */
        void received(Frame frame);

        /**
         * It said something that is not allowed. The pipe goes on only if the listener does not close it.
         *
         * @param cause the kind, for counting
         * @param reason in words
         */
        void malformed(Cause cause, String reason);

        /** It is closed or could not be opened, for this reason; for people. */
        void closed(String reason);
    }
}
