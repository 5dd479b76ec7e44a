package io.coordination.sample.rush;

import io.coordination.sample.rush.Attempt.Answer;
import io.coordination.sample.show.Show;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What came of a rush.
 *
 * @param show the show it was for; it has no other buyers
 * @param buyers how many came
 * @param seats how many seats there were
 * @param seatsSold how many of them were sold, once or more often
 * @param seatsSoldTwice how many of them were sold more than once
 * @param tickets how many tickets were sold for them
 * @param soldBy how many of these were sold by each instance, as far as buyers were told
 * @param buyersServed how many buyers got a ticket
 * @param buyersRefused how many went home without one
 * @param requests how many requests they made
 * @param failures how many of these were answered neither yes nor no
 * @param durationMillis from the first request to the last answer
 * @param p50Millis half of the requests took at most as long
 * @param p99Millis 99 of 100 requests took at most as long
 */
record RushResult(
        RushKind kind,
        long show,
        Instant startedAt,
        int buyers,
        int seats,
        int seatsSold,
        int seatsSoldTwice,
        int tickets,
        Map<String, Long> soldBy,
        int buyersServed,
        int buyersRefused,
        int requests,
        int failures,
        double durationMillis,
        double p50Millis,
        double p99Millis) {

    static RushResult of(
            RushKind kind, Show show, Instant startedAt, int buyers, List<Attempt> attempts, Duration duration) {
        int served = (int) attempts.stream()
                .filter(attempt -> attempt.answer() == Answer.SOLD)
                .map(Attempt::buyer)
                .distinct()
                .count();
        List<Duration> sorted = attempts.stream().map(Attempt::took).sorted().toList();
        return new RushResult(
                kind,
                show.id(),
                startedAt,
                buyers,
                show.seats().size(),
                show.seatsSold(),
                show.seatsSoldTwice(),
                show.tickets(),
                soldBy(attempts),
                served,
                buyers - served,
                attempts.size(),
                (int) attempts.stream()
                        .filter(attempt -> attempt.answer() == Answer.FAILED)
                        .count(),
                millis(duration),
                millis(percentile(sorted, 50)),
                millis(percentile(sorted, 99)));
    }

    /** An instance that sold nothing is there as well. */
    private static Map<String, Long> soldBy(List<Attempt> attempts) {
        return attempts.stream()
                .collect(Collectors.groupingBy(
                        Attempt::instance,
                        TreeMap::new,
                        Collectors.filtering(attempt -> attempt.answer() == Answer.SOLD, Collectors.counting())));
    }

    private static Duration percentile(List<Duration> sorted, int percent) {
        int rank = (int) Math.ceil(sorted.size() * percent / 100.0);
        return sorted.get(Math.max(rank, 1) - 1);
    }

    private static double millis(Duration duration) {
        return Math.round(duration.toNanos() / 10_000.0) / 100.0;
    }
}
