package io.coordination.stomp;

import org.jspecify.annotations.Nullable;

/** Why the other end closed a WebSocket. */
final class CloseCode {

    private static final int NORMAL = 1000;
    private static final int NO_CODE = 1005;

    private CloseCode() {}

    static String inWords(int code, @Nullable String reason) {
        String words = reason == null || reason.isBlank() ? "" : ": " + Words.printable(reason);
        return code == NORMAL || code == NO_CODE
                ? "the other end closed it" + words
                : "the other end closed it, with the WebSocket code " + code + words;
    }
}
