package io.coordination.channel;

/** Bytes that came from another process are no message of their destination. Nothing of them was taken up; the message is in words. */
public final class MalformedMessageException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Without a stack trace: whoever sends such bytes shall not decide how much work they make. */
    public MalformedMessageException(String message) {
        super(message, null, false, false);
    }
}
