package io.coordination;

import org.jspecify.annotations.Nullable;

/** The root of what coordination throws at its users. Each message says what happened, to which name, and what to do. */
public abstract class CoordinationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    protected CoordinationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
