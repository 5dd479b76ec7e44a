package io.coordination.spring.lock;

import io.coordination.CoordinationException;
import java.util.List;
import java.util.stream.Collectors;

/** Thrown at start-up when methods annotated with {@code @WithLock} cannot work. Its message lists everything found. */
public final class InvalidWithLockException extends CoordinationException {

    private static final long serialVersionUID = 1L;

    InvalidWithLockException(List<WithLockProblem> problems) {
        super(inWords(problems), null);
    }

    private static String inWords(List<WithLockProblem> problems) {
        String heading = problems.size() == 1
                ? "A use of @WithLock cannot work:"
                : problems.size() + " uses of @WithLock cannot work:";
        return problems.stream()
                .map(problem -> System.lineSeparator() + "  - " + problem)
                .collect(Collectors.joining("", heading, ""));
    }
}
