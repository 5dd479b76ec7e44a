package io.coordination.sample.rush;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The rush that this instance leads, and the results of the last ones it led, newest first. In memory: a restart forgets them.
 */
@Component
class RushBoard {

    private static final int KEPT = 20;

    private final Deque<RushResult> results = new ArrayDeque<>();
    private @Nullable Running running;

    /** A rush that is on. */
    record Running(RushKind kind, long show) {}

    /** What the page shows. */
    record View(@Nullable Running running, List<RushResult> results) {

        /** One view of the boards of all instances. */
        static View of(Collection<View> boards) {
            return new View(
                    boards.stream()
                            .map(View::running)
                            .filter(Objects::nonNull)
                            .findFirst()
                            .orElse(null),
                    boards.stream()
                            .flatMap(board -> board.results().stream())
                            .sorted(Comparator.comparing(RushResult::startedAt).reversed())
                            .limit(KEPT)
                            .toList());
        }
    }

    synchronized View view() {
        return new View(running, List.copyOf(results));
    }

    synchronized void started(Running rush) {
        running = rush;
    }

    synchronized void ended() {
        running = null;
    }

    /** Adds a result, and returns the one that had to make room for it. */
    synchronized Optional<RushResult> add(RushResult result) {
        results.addFirst(result);
        return results.size() > KEPT ? Optional.of(results.removeLast()) : Optional.empty();
    }
}
