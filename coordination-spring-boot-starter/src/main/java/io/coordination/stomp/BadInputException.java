package io.coordination.stomp;

import io.coordination.channel.Cause;

/** The other end sent what is not read, for this reason. Never leaves the package. */
final class BadInputException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Cause kind;

    BadInputException(Cause kind, String reason) {
        super(reason, null, false, false);
        this.kind = kind;
    }

    static BadInputException malformed(String reason) {
        return new BadInputException(Cause.MALFORMED, reason);
    }

    Cause kind() {
        return kind;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
