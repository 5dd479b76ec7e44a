package io.coordination.stomp;

import io.coordination.channel.Cause;
import java.util.Arrays;

/** The one version of STOMP that is spoken. */
final class StompVersion {

    static final String SPOKEN = "1.2";
    static final String SUB_PROTOCOL = "v12.stomp";

    private StompVersion() {}

    static boolean isIn(String acceptVersion) {
        return Arrays.stream(acceptVersion.split(",", -1)).map(String::strip).anyMatch(SPOKEN::equals);
    }

    static BadInputException notSpoken(String offered) {
        return new BadInputException(
                Cause.VERSION,
                "STOMP " + SPOKEN + " is spoken here, but the other end speaks \"" + Words.printable(offered) + "\".");
    }
}
