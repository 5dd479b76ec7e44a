package io.coordination.stomp;

import io.coordination.channel.Cause;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds where frames end in bytes that come in pieces of any size, and keeps no more of them than is allowed. Each byte is looked
 * at once. What is in a frame is for {@link StompCodec}.
 *
 * <p>Threads: one at a time.
 */
final class FrameSplitter {

    private static final String CONTENT_LENGTH = "content-length:";

    private enum Part {
        BETWEEN,
        HEAD,
        BODY_OF_KNOWN_LENGTH,
        BODY_UP_TO_NUL,
        AFTER_BODY
    }

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(256);
    private final StringBuilder line = new StringBuilder();
    private Part part = Part.BETWEEN;
    private int lines;
    private int length;
    private int left;
    private int bodyLimit = Limits.BYTES_BEFORE_ACCEPTANCE;
    private int frameLimit = Limits.BYTES_BEFORE_ACCEPTANCE;

    /** The other end has been accepted, and may send larger frames from now on. */
    void trust() {
        bodyLimit = Limits.BODY_BYTES;
        frameLimit = Limits.HEAD_BYTES + Limits.BODY_BYTES + 1;
    }

    /** The next whole frame; null if these bytes end before it does. Takes no byte after its end. */
    byte @Nullable [] next(ByteBuffer bytes) throws BadInputException {
        while (bytes.hasRemaining()) {
            if (part == Part.BODY_OF_KNOWN_LENGTH) {
                takeBody(bytes);
            } else if (take(bytes.get())) {
                byte[] frame = kept.toByteArray();
                kept.reset();
                part = Part.BETWEEN;
                return frame;
            }
        }
        return null;
    }

    /** How many bytes wait for the rest of their frame. */
    int kept() {
        return kept.size();
    }

    private boolean take(byte one) throws BadInputException {
        switch (part) {
            case BETWEEN -> begin(one);
            case HEAD -> takeHead(one);
            default -> {
                keep(one);
                if (one == 0) {
                    return true;
                }
                if (part == Part.AFTER_BODY) {
                    throw BadInputException.malformed("A frame goes on after the end that its content-length gives.");
                }
                if (++length > bodyLimit) {
                    throw bodyTooLarge(length);
                }
            }
        }
        return false;
    }

    private void begin(byte one) throws BadInputException {
        if (one == '\n' || one == '\r') {
            return;
        }
        part = Part.HEAD;
        lines = 0;
        length = -1;
        line.setLength(0);
        takeHead(one);
    }

    private void takeHead(byte one) throws BadInputException {
        keep(one);
        if (one == 0) {
            throw BadInputException.malformed("A frame ends within its headers.");
        }
        if (kept.size() > Limits.HEAD_BYTES) {
            throw new BadInputException(
                    Cause.TOO_LARGE, "The headers of a frame have more than " + Limits.HEAD_BYTES + " bytes.");
        }
        if (one != '\n') {
            line.append((char) (one & 0xff));
            return;
        }
        endLine();
        line.setLength(0);
    }

    private void endLine() throws BadInputException {
        if (line.isEmpty() || line.length() == 1 && line.charAt(0) == '\r') {
            beginBody();
        } else if (lines++ > Limits.HEADERS) {
            throw new BadInputException(Cause.TOO_MANY, "A frame has more than " + Limits.HEADERS + " headers.");
        } else if (length < 0 && line.indexOf(CONTENT_LENGTH) == 0) {
            length = lengthIn(line.substring(CONTENT_LENGTH.length()).strip());
        }
    }

    private void beginBody() {
        if (length < 0) {
            part = Part.BODY_UP_TO_NUL;
            length = 0;
        } else {
            left = length;
            part = length == 0 ? Part.AFTER_BODY : Part.BODY_OF_KNOWN_LENGTH;
        }
    }

    private void takeBody(ByteBuffer bytes) throws BadInputException {
        int now = Math.min(left, bytes.remaining());
        requireRoom(now);
        byte[] piece = new byte[now];
        bytes.get(piece);
        kept.write(piece, 0, now);
        left -= now;
        if (left == 0) {
            part = Part.AFTER_BODY;
        }
    }

    private int lengthIn(String value) throws BadInputException {
        if (value.isEmpty() || value.length() > 9 || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw BadInputException.malformed("A content-length is not a number: \"" + shown(value) + "\".");
        }
        int stated = Integer.parseInt(value);
        if (stated > bodyLimit) {
            throw bodyTooLarge(stated);
        }
        return stated;
    }

    private static String shown(String value) {
        byte[] bytes = value.substring(0, Math.min(20, value.length())).getBytes(StandardCharsets.ISO_8859_1);
        return Words.printable(new String(bytes, StandardCharsets.US_ASCII)).toLowerCase(Locale.ROOT);
    }

    private void keep(byte one) throws BadInputException {
        requireRoom(1);
        kept.write(one);
    }

    private void requireRoom(int more) throws BadInputException {
        if (kept.size() + more > frameLimit) {
            throw new BadInputException(Cause.TOO_LARGE, "A frame has more than " + frameLimit + " bytes" + early());
        }
    }

    private BadInputException bodyTooLarge(int bytes) {
        return new BadInputException(
                Cause.TOO_LARGE, "A body has " + bytes + " bytes, but at most " + bodyLimit + " are allowed" + early());
    }

    private String early() {
        return bodyLimit < Limits.BODY_BYTES ? " before the link is accepted." : ".";
    }
}
