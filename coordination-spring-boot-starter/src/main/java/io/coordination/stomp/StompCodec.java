package io.coordination.stomp;

import io.coordination.channel.Body;
import io.coordination.channel.Cause;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.messaging.Message;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompDecoder;
import org.springframework.messaging.simp.stomp.StompEncoder;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;

/**
 * One frame to bytes and back, by Spring's codec, whose exceptions and peculiarities end here.
 *
 * <p>Threads: any.
 */
final class StompCodec {

    private final StompDecoder decoder = new StompDecoder();
    private final StompEncoder encoder = new StompEncoder();

    /** @throws IllegalArgumentException if the other end would refuse it for its size */
    byte[] encode(StompFrame frame) {
        StompHeaderAccessor headers = StompHeaderAccessor.create(frame.command());
        frame.headers().forEach(headers::setNativeHeader);
        byte[] bytes = encoder.encode(headers.getMessageHeaders(), frame.body().bytes());
        if (bytes.length - frame.body().length() > Limits.HEAD_BYTES) {
            throw new IllegalArgumentException("The headers of a " + frame.command() + " frame have more than "
                    + Limits.HEAD_BYTES + " bytes. Use shorter names.");
        }
        return bytes;
    }

    /** Of the bytes of exactly one frame. */
    StompFrame decode(byte[] frame) throws BadInputException {
        List<Message<byte[]>> messages;
        try {
            messages = decoder.decode(ByteBuffer.wrap(frame));
        } catch (RuntimeException e) {
            // Not only its own exception: unknown commands, content types and escapes each have another
            throw BadInputException.malformed("A frame cannot be read: " + reason(e));
        }
        if (messages.size() != 1) {
            throw BadInputException.malformed("A frame cannot be read: it does not end where it should.");
        }
        Message<byte[]> message = messages.get(0);
        StompHeaderAccessor headers = StompHeaderAccessor.wrap(message);
        StompCommand command = headers.getCommand();
        if (command == null) {
            throw BadInputException.malformed("A frame has no command.");
        }
        if (message.getPayload().length > Limits.BODY_BYTES) {
            throw new BadInputException(Cause.TOO_LARGE, "A body has more than " + Limits.BODY_BYTES + " bytes.");
        }
        return new StompFrame(command, firstOfEach(headers), Body.of(message.getPayload()));
    }

    private static Map<String, String> firstOfEach(StompHeaderAccessor headers) {
        Map<String, String> first = new LinkedHashMap<>();
        headers.toNativeHeaderMap().forEach((name, values) -> first.put(name, values.get(0)));
        return first;
    }

    private static String reason(RuntimeException e) {
        return Words.cut(Words.printable(String.valueOf(e.getMessage())), 200);
    }
}
