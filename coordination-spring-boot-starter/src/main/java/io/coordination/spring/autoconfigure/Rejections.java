package io.coordination.spring.autoconfigure;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.validation.Errors;

/** Takes down which properties have wrong values, and why. Whatever core refuses is asked of core. */
record Rejections(Errors errors) {

    <V> void ifSet(String path, @Nullable V value, Consumer<V> use) {
        if (value != null) {
            accepted(path, () -> use.accept(value));
        }
    }

    void accepted(String path, Runnable use) {
        try {
            use.run();
        } catch (IllegalArgumentException e) {
            reject(path, String.valueOf(e.getMessage()));
        }
    }

    void positive(String path, int value) {
        if (value < 1) {
            reject(path, "At least 1 is needed.");
        }
    }

    void reject(String path, String reason) {
        errors.rejectValue(path, "invalid", reason);
    }
}
