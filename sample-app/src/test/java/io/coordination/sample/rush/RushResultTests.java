package io.coordination.sample.rush;

import static io.coordination.sample.rush.Attempt.Answer.FAILED;
import static io.coordination.sample.rush.Attempt.Answer.SOLD;
import static io.coordination.sample.rush.Attempt.Answer.TAKEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.sample.show.Seat;
import io.coordination.sample.show.SeatStatus;
import io.coordination.sample.show.Show;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RushResultTests {

    @Test
    void countsSeatsTicketsAndBuyers() {
        var show = new Show(
                1,
                "Rush",
                List.of(
                        new Seat(1, "A", 1, SeatStatus.SOLD_TWICE, 3),
                        new Seat(2, "A", 2, SeatStatus.SOLD, 1),
                        new Seat(3, "A", 3, SeatStatus.FREE, 0)));
        var attempts = List.of(
                new Attempt("box-a", "ada", SOLD, Duration.ofMillis(1)),
                new Attempt("box-a", "ada", SOLD, Duration.ofMillis(1)),
                new Attempt("box-b", "bob", SOLD, Duration.ofMillis(1)),
                new Attempt("box-c", "bob", TAKEN, Duration.ofMillis(1)),
                new Attempt("box-b", "cid", FAILED, Duration.ofMillis(1)));

        var result = RushResult.of(RushKind.WITHOUT_LOCK, show, Instant.EPOCH, 3, attempts, Duration.ofMillis(2));

        assertThat(result.seats()).isEqualTo(3);
        assertThat(result.seatsSold()).isEqualTo(2);
        assertThat(result.seatsSoldTwice()).isEqualTo(1);
        assertThat(result.tickets()).isEqualTo(4);
        assertThat(result.soldBy()).isEqualTo(Map.of("box-a", 2L, "box-b", 1L, "box-c", 0L));
        assertThat(result.buyersServed()).isEqualTo(2);
        assertThat(result.buyersRefused()).isEqualTo(1);
        assertThat(result.requests()).isEqualTo(5);
        assertThat(result.failures()).isEqualTo(1);
    }

    @Test
    void percentilesAreTimesThatRequestsTook() {
        var attempts = IntStream.rangeClosed(1, 200)
                .mapToObj(millis -> new Attempt("box-a", "ada", TAKEN, Duration.ofMillis(millis)))
                .toList();

        var result = RushResult.of(
                RushKind.WITH_LOCK,
                new Show(1, "Rush", List.of()),
                Instant.EPOCH,
                1,
                attempts,
                Duration.ofMillis(1234));

        assertThat(result.p50Millis()).isEqualTo(100);
        assertThat(result.p99Millis()).isEqualTo(198);
        assertThat(result.durationMillis()).isEqualTo(1234);
    }
}
