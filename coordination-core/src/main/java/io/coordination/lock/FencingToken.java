package io.coordination.lock;

/**
 * A number that rises with every grant of a resource. Send it along with each write; a resource that refuses a token lower
 * than one it has seen is safe from holders whose lease ended without their noticing.
 *
 * <p>The upper 53 bits are the base, which the store issues with the grant; the lower 10 bits number the hand-overs between
 * waiters of one instance within that grant. As text in JSON: JavaScript numbers hold 53 bits only.
 *
 * <p>Source: M. Kleppmann, "How to do distributed locking", 2016.
 *
 * @param value positive
 */
public record FencingToken(long value) implements Comparable<FencingToken> {

    /** How many tokens one grant of the store covers: its own and those of its hand-overs. */
    public static final int BLOCK = 1024;

    public FencingToken {
        if (value <= 0) {
            throw new IllegalArgumentException("A fencing token is positive, but was " + value + ".");
        }
    }

    static FencingToken of(long base, int handOver) {
        return new FencingToken(Math.addExact(Math.multiplyExact(base, BLOCK), handOver));
    }

    @Override
    public int compareTo(FencingToken other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
