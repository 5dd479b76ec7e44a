package io.coordination.peer;

import io.coordination.channel.Body;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Bytes that are nearly messages, or not at all; a seed decides. */
final class Damage {

    private static final int MESSAGES = 512;

    private static final byte[][] NUMBERS = {
        {0},
        {0x7F},
        {(byte) 0x80, 0},
        {-1, -1, -1, -1, 0x0F},
        {-1, -1, -1, -1, -1, -1, -1, -1, 0x7F},
        {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1},
        {-1, -1, -1, -1, -1, -1, -1, -1, -1, 2},
        {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
        {(byte) 0xC0, (byte) 0x80},
        {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD},
    };

    private final SplittableRandom random;
    private final Envelope[] messages = new Envelope[MESSAGES];

    Damage(long seed) {
        this.random = new SplittableRandom(seed);
        Envelope[] samples = WireSamples.all().values().toArray(new Envelope[0]);
        for (int i = 0; i < MESSAGES; i++) {
            messages[i] = i < samples.length ? samples[i] : new RandomMessages(random.nextLong()).next();
        }
    }

    Envelope message() {
        return messages[random.nextInt(MESSAGES)];
    }

    Body damaged(Envelope message) {
        byte[] bytes = PeerWire.encode(message).bytes();
        int times = 1 + (random.nextInt(3) == 0 ? random.nextInt(6) : 0);
        for (int i = 0; i < times; i++) {
            bytes = damaged(bytes);
        }
        return Body.of(bytes.length <= Body.LONGEST ? bytes : Arrays.copyOf(bytes, Body.LONGEST));
    }

    private byte[] damaged(byte[] bytes) {
        int place = random.nextInt(bytes.length + 1);
        int behind = Math.min(bytes.length, place + random.nextInt(12));
        return switch (random.nextInt(8)) {
            case 0 -> random(random.nextInt(64));
            case 1 -> joined(Arrays.copyOf(bytes, Math.min(9, bytes.length)), random(random.nextInt(64)), new byte[0]);
            case 2 -> Arrays.copyOf(bytes, place);
            case 3 -> joined(Arrays.copyOf(bytes, place), NUMBERS[random.nextInt(NUMBERS.length)], from(bytes, behind));
            case 4 -> joined(Arrays.copyOf(bytes, place), from(bytes, behind), new byte[0]);
            case 5 -> joined(Arrays.copyOf(bytes, behind), from(bytes, place), new byte[0]);
            case 6 -> withOther(bytes, place);
            default -> flipped(bytes, place);
        };
    }

    /** The end of another message. */
    private byte[] withOther(byte[] bytes, int place) {
        byte[] other = PeerWire.encode(message()).bytes();
        return joined(Arrays.copyOf(bytes, place), from(other, Math.min(place, other.length)), new byte[0]);
    }

    private byte[] flipped(byte[] bytes, int place) {
        byte[] flipped = bytes.clone();
        if (place < flipped.length) {
            flipped[place] ^= (byte) (random.nextBoolean() ? 1 << random.nextInt(8) : random.nextInt(256));
        }
        return flipped;
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] from(byte[] bytes, int begin) {
        return Arrays.copyOfRange(bytes, begin, bytes.length);
    }

    private static byte[] joined(byte[] one, byte[] two, byte[] three) {
        byte[] joined = Arrays.copyOf(one, one.length + two.length + three.length);
        System.arraycopy(two, 0, joined, one.length, two.length);
        System.arraycopy(three, 0, joined, one.length + two.length, three.length);
        return joined;
    }
}
