package io.coordination.channel;

import java.util.Arrays;
import java.util.Objects;

/** The bytes of a message. Whoever makes one from an array, or takes the array of one, does not change it any more. */
public final class Body {

    /** The most bytes of one message. */
    public static final int LONGEST = 64 * 1024;

    private final byte[] bytes;

    private Body(byte[] bytes) {
        this.bytes = Objects.requireNonNull(bytes, "bytes");
        if (bytes.length > LONGEST) {
            throw new IllegalArgumentException(
                    "A message has at most " + LONGEST + " bytes, but had " + bytes.length + ".");
        }
    }

    /** Of this array, which is not copied. */
    public static Body of(byte[] bytes) {
        return new Body(bytes);
    }

    /** The array itself. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Body body && Arrays.equals(bytes, body.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
