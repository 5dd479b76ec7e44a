package io.coordination.peer;

import io.coordination.CoordinationException;
import org.jspecify.annotations.Nullable;

/** A {@link DataDirectory} that cannot be used. */
public final class DataDirectoryException extends CoordinationException {

    private static final long serialVersionUID = 1L;

    DataDirectoryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
