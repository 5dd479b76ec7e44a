package io.coordination.channel;

/** The other end is not spoken with, for this reason. Never leaves the package. */
final class LinkRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Cause kind;

    LinkRefusedException(Cause kind, String reason) {
        super(reason, null, false, false);
        this.kind = kind;
    }

    Cause kind() {
        return kind;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
