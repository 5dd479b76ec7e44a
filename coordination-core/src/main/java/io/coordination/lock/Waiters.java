package io.coordination.lock;

import io.coordination.time.Moment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Those who wait here for one resource, in the order in which they came. */
final class Waiters {

    final ArrayDeque<Waiter> queue = new ArrayDeque<>(2);

    /** No waiter's time ends before this; so that a step need not look at all of them. */
    private long earliestEnd = Long.MAX_VALUE;

    void add(Waiter waiter) {
        long end = waiter.waitEnds();
        earliestEnd = queue.isEmpty() ? end : Math.min(earliestEnd, end);
        queue.add(waiter);
    }

    boolean remove(Waiter waiter) {
        return queue.remove(waiter);
    }

    @Nullable
    Waiter first() {
        return queue.peek();
    }

    Waiter takeFirst() {
        return queue.remove();
    }

    List<Waiter> takeThoseThatTryOnce() {
        return take(Waiter::triesOnce);
    }

    List<Waiter> takeThoseOutOfTime(Moment now) {
        if (due() > now.nanos()) {
            return List.of();
        }
        List<Waiter> taken = take(waiter -> waiter.waitEnds() <= now.nanos());
        earliestEnd = queue.stream().mapToLong(Waiter::waitEnds).min().orElse(Long.MAX_VALUE);
        return taken;
    }

    List<Waiter> takeAll() {
        return take(waiter -> true);
    }

    void forEach(Consumer<Waiter> action) {
        queue.forEach(action);
    }

    long due() {
        return queue.isEmpty() ? Long.MAX_VALUE : earliestEnd;
    }

    int size() {
        return queue.size();
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    private List<Waiter> take(Predicate<Waiter> which) {
        List<Waiter> taken = new ArrayList<>();
        queue.removeIf(waiter -> which.test(waiter) && taken.add(waiter));
        return taken;
    }
}
