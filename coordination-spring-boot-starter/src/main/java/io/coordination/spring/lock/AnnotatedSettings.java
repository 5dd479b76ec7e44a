package io.coordination.spring.lock;

import io.coordination.annotation.WithLock;
import io.coordination.lock.LockOptions;
import java.lang.reflect.Array;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/** Reads the settings that an annotation gives; what is wrong with one of them becomes a problem, and it counts as not given. */
final class AnnotatedSettings {

    private final AnnotationTexts texts;
    private final List<String> problems;

    AnnotatedSettings(AnnotationTexts texts, List<String> problems) {
        this.texts = texts;
        this.problems = problems;
    }

    LockSettings read(WithLock annotation) {
        LockOptions any = LockOptions.defaults();
        return new LockSettings(
                duration("lease", annotation.lease(), any::withLease),
                duration("waitAtMost", annotation.waitAtMost(), any::withWaitAtMost),
                duration("retryInterval", annotation.retryInterval(), any::withRetryInterval),
                retries(annotation.maxRetries(), any::withMaxRetries),
                duration("maximumHold", annotation.maximumHold(), any::withMaximumHold),
                single("onLost", annotation.onLost()),
                annotation.renew().length == 0 ? null : single("renew", annotation.renew()),
                single("whenBusy", annotation.whenBusy()));
    }

    private @Nullable Duration duration(String attribute, String text, Consumer<Duration> check) {
        if (text.isEmpty()) {
            return null;
        }
        int before = problems.size();
        String resolved = texts.resolve(attribute, text, problems);
        if (problems.size() > before || resolved.isEmpty()) {
            return null;
        }
        Duration value;
        try {
            value = DurationStyle.detectAndParse(resolved);
        } catch (IllegalArgumentException unreadable) {
            problems.add(attribute + " = \"" + resolved
                    + "\" is not a duration. Write it as \"5s\", \"100ms\" or \"PT5S\".");
            return null;
        }
        return valid(attribute, value, check);
    }

    private @Nullable Integer retries(int value, Consumer<Integer> check) {
        return value == -1 ? null : valid("maxRetries", value, check);
    }

    private <T> @Nullable T valid(String attribute, T value, Consumer<T> check) {
        try {
            check.accept(value);
            return value;
        } catch (IllegalArgumentException invalid) {
            problems.add(attribute + ": " + invalid.getMessage());
            return null;
        }
    }

    @SuppressWarnings("unchecked")
    private <T> @Nullable T single(String attribute, Object values) {
        int count = Array.getLength(values);
        if (count > 1) {
            problems.add(attribute + " has " + count + " values. Give one.");
        }
        return count == 0 ? null : (T) Array.get(values, 0);
    }
}
