package io.coordination.channel;

import io.coordination.CoordinationException;
import org.jspecify.annotations.Nullable;

/** Instances cannot talk to each other as configured. */
public final class LinkException extends CoordinationException {

    private static final long serialVersionUID = 1L;

    public LinkException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
