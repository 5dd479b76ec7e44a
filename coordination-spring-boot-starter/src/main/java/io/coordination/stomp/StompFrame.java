package io.coordination.stomp;

import io.coordination.channel.Body;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.messaging.simp.stomp.StompCommand;

/**
 * One frame as STOMP has it.
 *
 * @param headers names and values in order, not escaped; of a header that comes twice the first one counts
 */
record StompFrame(StompCommand command, Map<String, String> headers, Body body) {

    static final Body EMPTY = Body.of(new byte[0]);

    static StompFrame of(StompCommand command) {
        return new StompFrame(command, Map.of(), EMPTY);
    }

    StompFrame with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new StompFrame(command, more, body);
    }

    StompFrame with(String name, long value) {
        return with(name, Long.toString(value));
    }

    StompFrame with(Body other) {
        return new StompFrame(command, headers, other);
    }

    StompFrame withText(String text) {
        return with(Body.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    String text() {
        return new String(body.bytes(), StandardCharsets.UTF_8);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The value of a header that names something. */
    String name(String header) throws BadInputException {
        String value = header(header)
                .orElseThrow(() ->
                        BadInputException.malformed("A " + command + " frame without the header " + header + "."));
        if (value.isEmpty() || value.length() > Limits.NAME_CHARACTERS) {
            throw BadInputException.malformed("The header " + header + " of a " + command + " frame has 1 to "
                    + Limits.NAME_CHARACTERS + " characters, but had " + value.length() + ".");
        }
        return value;
    }

    long number(String header) throws BadInputException {
        String value = name(header);
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw BadInputException.malformed("The header " + header + " of a " + command + " frame is not a number.");
        }
    }

    /** The number of data. */
    long countingNumber(String header) throws BadInputException {
        long number = number(header);
        if (number < 1) {
            throw BadInputException.malformed(
                    "The header " + header + " of a " + command + " frame is at least 1, but was " + number + ".");
        }
        return number;
    }
}
