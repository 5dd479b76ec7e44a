package io.coordination.peer;

import io.coordination.ProcessId;
import io.coordination.channel.Body;
import io.coordination.channel.MalformedMessageException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the primitive types of {@code docs/wire.md}, each in the only way in which {@link WireWriter} writes it. No length that
 * came is relied on before so many bytes are known to be there.
 */
class WireReader {

    private static final int MOST_BYTES_OF_A_CHARACTER = 3;
    private static final char REPLACEMENT = '\uFFFD';

    /** The most significant of the ten groups of seven bits has one bit. */
    private static final int LAST_SHIFT = 63;

    private final ProcessId from;
    private final byte[] bytes;
    private int next;

    WireReader(ProcessId from, Body body) {
        this.from = from;
        this.bytes = body.bytes();
    }

    final ProcessId from() {
        return from;
    }

    final int octet() throws MalformedMessageException {
        if (left() == 0) {
            throw malformed("it ends too early");
        }
        return bytes[next++] & 0xFF;
    }

    final long fixed() throws MalformedMessageException {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << Byte.SIZE | octet();
        }
        return value;
    }

    final long number(long most) throws MalformedMessageException {
        long value = groups();
        if (value < 0 || value > most) {
            throw malformed("the number " + Long.toUnsignedString(value) + " is above " + most);
        }
        return value;
    }

    final long signed() throws MalformedMessageException {
        long value = groups();
        return value >>> 1 ^ -(value & 1);
    }

    final long near(long reference) throws MalformedMessageException {
        return reference + signed();
    }

    /** @param most the highest that may come */
    final int choice(int most) throws MalformedMessageException {
        int value = octet();
        if (value > most) {
            throw malformed("the byte " + value + " is above " + most);
        }
        return value;
    }

    /** How many follow, each of them of at least so many bytes. */
    final int count(int most, int leastBytes) throws MalformedMessageException {
        int count = (int) number(most);
        if (count > left() / leastBytes) {
            throw malformed(count + " of something cannot be in the " + left() + " bytes that are left");
        }
        return count;
    }

    final String text(int mostCharacters) throws MalformedMessageException {
        int size = count(MOST_BYTES_OF_A_CHARACTER * mostCharacters, 1);
        String text = new String(bytes, next, size, StandardCharsets.UTF_8);
        if (text.length() > mostCharacters) {
            throw malformed("a text has " + text.length() + " characters, and may have " + mostCharacters);
        }
        // What is no UTF-8 has become this character, whose own encoding is another.
        if (text.indexOf(REPLACEMENT) >= 0
                && !Arrays.equals(
                        text.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(bytes, next, next + size))) {
            throw malformed("a text is no UTF-8");
        }
        next += size;
        return text;
    }

    final void end() throws MalformedMessageException {
        if (left() != 0) {
            throw malformed(left() + " bytes are left over");
        }
    }

    final MalformedMessageException malformed(String what) {
        return new MalformedMessageException(
                "A lease message of " + from + " is malformed at byte " + next + ": " + what
                        + ". It is dropped. If it comes again, check that both run versions that understand each other.");
    }

    private int left() {
        return bytes.length - next;
    }

    private long groups() throws MalformedMessageException {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int group = octet();
            value |= (long) (group & 0x7F) << shift;
            boolean isLast = group < 0x80;
            if (shift == LAST_SHIFT && group > 1) {
                throw malformed("a number has more than 64 bits");
            }
            if (isLast) {
                if (group == 0 && shift > 0) {
                    throw malformed("a number is longer than it has to be");
                }
                return value;
            }
        }
    }
}
