package io.coordination.lock;

import io.coordination.CoordinationException;

/** Thrown by a guard at the resource when a token comes that is lower than one it has accepted: a later holder has written. */
public final class StaleTokenException extends CoordinationException {

    private static final long serialVersionUID = 1L;

    public StaleTokenException(Resource resource, FencingToken token) {
        super(
                "The write to " + resource + " with token " + token + " was refused: a later holder of the lease has"
                        + " written. The lease of this writer has ended; roll back, and do the work anew if it is still"
                        + " needed.",
                null);
    }
}
