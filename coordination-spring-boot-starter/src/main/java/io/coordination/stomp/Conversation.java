package io.coordination.stomp;

import io.coordination.channel.Frame;
import java.time.Duration;
import java.util.List;

/**
 * What one end of a pipe understands and says, without the socket. There is one kind for whoever dials and one for the hub.
 *
 * <p>Threads: {@code heard} by one at a time, {@code said} by one at a time, the two at the same time.
 */
interface Conversation {

    /** The other end sent this. */
    void heard(StompFrame frame, Ear ear) throws BadInputException;

    /**
     * How to say this to the other end: perhaps in several frames, or in none.
     *
     * @throws IllegalArgumentException if it cannot be said
     */
    List<StompFrame> said(Frame frame);

    /** From now on larger frames are read, and as many as come. */
    boolean isAccepted();

    /** What comes of a frame. */
    interface Ear {

        /** It says this. */
        void received(Frame frame);

        /** Something to answer at once, that is for STOMP alone. */
        void reply(StompFrame frame) throws BadInputException;

        /** The other end wants an end-of-line as often as this. */
        void beat(Duration interval);

        /** The other end takes its leave. */
        void goodbye();
    }
}
