package io.coordination.peer;

import io.coordination.channel.Body;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Files of messages: on each line what it is, a colon, and its bytes in hex, with spaces as it pleases. */
final class WireLines {

    private WireLines() {}

    static Map<String, Body> of(String file) {
        Map<String, Body> lines = new LinkedHashMap<>();
        for (String line : read(file).lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            String hex = line.substring(colon + 1).replace(" ", "");
            if (colon < 0
                    || lines.put(
                                    line.substring(0, colon),
                                    Body.of(HexFormat.of().parseHex(hex)))
                            != null) {
                throw new IllegalArgumentException("In " + file + ", this line has no name of its own: " + line);
            }
        }
        return lines;
    }

    static String hex(Body body) {
        return HexFormat.of().formatHex(body.bytes());
    }

    private static String read(String file) {
        try (InputStream in = Objects.requireNonNull(WireLines.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
