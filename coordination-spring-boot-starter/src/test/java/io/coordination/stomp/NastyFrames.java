package io.coordination.stomp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The inputs of {@code nasty-frames.txt}. */
final class NastyFrames {

    private NastyFrames() {}

    static List<byte[]> all() {
        try (InputStream in = NastyFrames.class.getResourceAsStream("nasty-frames.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(NastyFrames::bytes)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String line) {
        int star = line.lastIndexOf(" * ");
        int times = star < 0 ? 1 : Integer.parseInt(line.substring(star + 3));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            all.writeBytes(unescaped(star < 0 ? line : line.substring(0, star)));
        }
        return all.toByteArray();
    }

    private static byte[] unescaped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '\\') {
                bytes.write(text.charAt(i));
                continue;
            }
            switch (text.charAt(++i)) {
                case 'n' -> bytes.write('\n');
                case 'r' -> bytes.write('\r');
                case '0' -> bytes.write(0);
                case '\\' -> bytes.write('\\');
                case 'x' -> {
                    bytes.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
                    i += 2;
                }
                default -> throw new IllegalArgumentException(text);
            }
        }
        return bytes.toByteArray();
    }
}
