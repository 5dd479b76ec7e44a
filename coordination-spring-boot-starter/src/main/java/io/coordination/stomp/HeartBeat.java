package io.coordination.stomp;

import java.time.Duration;
import java.util.regex.Pattern;

/** How often a client wants a sign of life: an end-of-line between frames. The hub wants none, for it has its own pings. */
final class HeartBeat {

    private static final Pattern SHAPE = Pattern.compile("[0-9]{1,9},[0-9]{1,9}");

    private HeartBeat() {}

    /** The interval that the hub keeps; zero for none. */
    static Duration askedFor(StompFrame connect) throws BadInputException {
        String value = connect.header("heart-beat").orElse("0,0");
        if (!SHAPE.matcher(value).matches()) {
            throw BadInputException.malformed("The header heart-beat is two numbers of milliseconds, such as 0,10000.");
        }
        Duration wanted = Duration.ofMillis(Long.parseLong(value.substring(value.indexOf(',') + 1)));
        if (wanted.isZero() || wanted.compareTo(Limits.SHORTEST_HEART_BEAT) < 0) {
            return wanted.isZero() ? wanted : Limits.SHORTEST_HEART_BEAT;
        }
        return wanted.compareTo(Limits.LONGEST_HEART_BEAT) > 0 ? Limits.LONGEST_HEART_BEAT : wanted;
    }
}
