package io.coordination.stomp;

import io.coordination.channel.Cause;
import java.nio.ByteBuffer;

/**
 * Bytes from the other end, through its conversation. After input that is not allowed nothing more is read, but for messages to
 * unknown destinations: the frames after such a one mean what they say.
 *
 * <p>Threads: one at a time.
 */
final class FrameReader {

    private final FrameSplitter splitter = new FrameSplitter();
    private final StompCodec codec;
    private final Conversation conversation;
    private final Conversation.Ear ear;
    private int early;
    private boolean trusted;
    private boolean deaf;

    FrameReader(StompCodec codec, Conversation conversation, Conversation.Ear ear) {
        this.codec = codec;
        this.conversation = conversation;
        this.ear = ear;
    }

    /** Takes all of these bytes. */
    void read(ByteBuffer bytes, Complaint complaint) {
        try {
            while (bytes.hasRemaining() && !deaf) {
                trustWhenAccepted();
                byte[] frame = splitter.next(bytes);
                if (frame != null) {
                    hear(frame, complaint);
                }
            }
        } catch (BadInputException e) {
            deaf = true;
            complaint.malformed(e.kind(), e.reason());
        }
        bytes.position(bytes.limit());
    }

    /** How many bytes wait for the rest of their frame. */
    int kept() {
        return splitter.kept();
    }

    private void trustWhenAccepted() {
        if (!trusted && conversation.isAccepted()) {
            trusted = true;
            splitter.trust();
        }
    }

    private void hear(byte[] frame, Complaint complaint) throws BadInputException {
        if (!trusted && ++early > Limits.FRAMES_BEFORE_ACCEPTANCE) {
            throw new BadInputException(
                    Cause.TOO_MANY,
                    "There were more than " + Limits.FRAMES_BEFORE_ACCEPTANCE
                            + " frames before the link was accepted.");
        }
        try {
            conversation.heard(codec.decode(frame), ear);
        } catch (BadInputException e) {
            if (e.kind() != Cause.DESTINATION) {
                throw e;
            }
            complaint.malformed(e.kind(), e.reason());
        }
    }

    /** Told of input that is not allowed. */
    @FunctionalInterface
    interface Complaint {
        void malformed(Cause cause, String reason);
    }
}
