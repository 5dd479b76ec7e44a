package io.coordination.peer;

import io.coordination.channel.Body;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes the primitive types of {@code docs/wire.md}. What cannot be written is a bug of whoever writes it. */
class WireWriter {

    private static final int TYPICAL = 128;

    private final CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();
    private byte[] bytes = new byte[TYPICAL];
    private int length;

    final void octet(int value) {
        room(1);
        bytes[length++] = (byte) value;
    }

    /** Eight bytes, the highest first. */
    final void fixed(long value) {
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            octet((int) (value >>> shift));
        }
    }

    /** From 0 on: small numbers are short. */
    final void number(long value, long most) {
        if (value < 0 || value > most) {
            throw new IllegalArgumentException(
                    "A number from 0 to " + most + " was to be sent, but it is " + value + ".");
        }
        groups(value);
    }

    /** Numbers near 0 are short, on either side. */
    final void signed(long value) {
        groups(value << 1 ^ value >> Long.SIZE - 1);
    }

    /** As its distance from a number that the reader has by then. The distance may wrap: adding it wraps back. */
    final void near(long value, long reference) {
        signed(value - reference);
    }

    final void text(String text, int mostCharacters) {
        if (text.length() > mostCharacters) {
            throw new IllegalArgumentException("A text of at most " + mostCharacters
                    + " characters was to be sent, but it has " + text.length() + ".");
        }
        ByteBuffer encoded;
        try {
            encoded = utf8.encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("A text has half a character, and cannot be sent: " + text, e);
        }
        int size = encoded.remaining();
        number(size, Integer.MAX_VALUE);
        room(size);
        encoded.get(bytes, length, size);
        length += size;
    }

    final int length() {
        return length;
    }

    final Body body() {
        return Body.of(Arrays.copyOf(bytes, length));
    }

    /** Seven bits in each byte, the lowest first; the highest bit says that another follows. */
    private void groups(long value) {
        long left = value;
        while ((left & ~0x7FL) != 0) {
            octet((int) (left & 0x7F | 0x80));
            left >>>= 7;
        }
        octet((int) left);
    }

    private void room(int more) {
        if (length + more > Body.LONGEST) {
            throw new IllegalArgumentException("A message of more than " + Body.LONGEST + " bytes was to be sent.");
        }
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
