package io.coordination.stomp;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;

/** Text from elsewhere, made fit to be shown. */
final class Words {

    /** Of a close frame: 125 bytes, two of which are the code. */
    private static final int CLOSE_REASON_BYTES = 123;

    private Words() {}

    /** On one line. */
    static String printable(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Not longer than this, and not cut within a character. */
    static String cut(String text, int characters) {
        if (text.length() <= characters) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(characters - 1)) ? characters - 1 : characters;
        return text.substring(0, end);
    }

    /** What went wrong, without its stack. */
    static String failure(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String message = cause.getMessage();
        return message == null || message.isBlank()
                ? cause.getClass().getSimpleName()
                : cut(printable(message), Limits.REASON_CHARACTERS);
    }

    /** What fits into a close frame. */
    static String closeReason(String reason) {
        String fits = cut(printable(reason), CLOSE_REASON_BYTES);
        while (fits.getBytes(StandardCharsets.UTF_8).length > CLOSE_REASON_BYTES) {
            fits = cut(fits, fits.length() - 1);
        }
        return fits;
    }
}
