package io.coordination.peer;

/** Something that must hold did not. */
final class PeerViolation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PeerViolation(String what) {
        super(what);
    }
}
