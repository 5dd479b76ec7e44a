package io.coordination.stomp;

import io.coordination.channel.Frame;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.springframework.messaging.simp.stomp.StompCommand;

/** Puts frames together into as few WebSocket messages as they fit in. */
final class Packer {

    /** One WebSocket message. */
    record Packed(ByteBuffer bytes, boolean text) {}

    private final StompCodec codec;
    private final Conversation conversation;

    Packer(StompCodec codec, Conversation conversation) {
        this.codec = codec;
        this.conversation = conversation;
    }

    /**
     * Messages that say this.
     *
     * @param asText whether all that is text goes in text messages
     * @throws IllegalArgumentException if one of them cannot be said
     */
    List<Packed> pack(List<Frame> frames, boolean asText) {
        List<Packed> messages = new ArrayList<>(1);
        ByteArrayOutputStream open = new ByteArrayOutputStream(512);
        boolean openIsText = false;
        for (Frame frame : frames) {
            for (StompFrame stomp : conversation.said(frame)) {
                byte[] bytes = codec.encode(stomp);
                boolean text = asText && isText(stomp);
                if (open.size() > 0 && (text != openIsText || open.size() + bytes.length > Limits.MESSAGE_BYTES)) {
                    messages.add(message(open, openIsText));
                }
                open.write(bytes, 0, bytes.length);
                openIsText = text;
            }
        }
        if (open.size() > 0) {
            messages.add(message(open, openIsText));
        }
        return messages;
    }

    /** One that is not a frame of the protocol of links. */
    Packed pack(StompFrame frame, boolean asText) {
        return new Packed(ByteBuffer.wrap(codec.encode(frame)), asText && isText(frame));
    }

    /** All but what has the bytes of an application: those may not be text. */
    private static boolean isText(StompFrame frame) {
        return frame.command() != StompCommand.MESSAGE || frame.body().length() == 0;
    }

    private static Packed message(ByteArrayOutputStream bytes, boolean text) {
        Packed message = new Packed(ByteBuffer.wrap(bytes.toByteArray()), text);
        bytes.reset();
        return message;
    }
}
