package io.coordination.sample.rush;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.sample.show.Show;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RushBoardTests {

    private final RushBoard board = new RushBoard();

    @Test
    void theTwentyFirstResultDropsTheOldest() {
        for (int show = 1; show <= 20; show++) {
            assertThat(board.add(result(show))).isEmpty();
        }

        assertThat(board.add(result(21))).hasValue(result(1));
        assertThat(board.view().results()).hasSize(20).first().isEqualTo(result(21));
    }

    @Test
    void aRushIsShownUntilItHasEnded() {
        var rush = new RushBoard.Running(RushKind.WITH_LOCK, 7);

        board.started(rush);
        assertThat(board.view().running()).isEqualTo(rush);

        board.ended();
        assertThat(board.view().running()).isNull();
    }

    @Test
    void theBoardsOfAllInstancesAreOneWithTheLatestFirst() {
        var running = new RushBoard.Running(RushKind.WITH_LOCK, 7);
        var early = new RushBoard.View(null, List.of(result(30), result(10)));
        var late = new RushBoard.View(running, List.of(result(40), result(20)));

        assertThat(RushBoard.View.of(List.of(early, late)))
                .isEqualTo(new RushBoard.View(running, List.of(result(40), result(30), result(20), result(10))));
    }

    private static RushResult result(long show) {
        var attempt = new Attempt("box-a", "ada", Attempt.Answer.TAKEN, Duration.ofMillis(3));
        return RushResult.of(
                RushKind.WITH_LOCK,
                new Show(show, "Rush", List.of()),
                Instant.ofEpochSecond(show),
                1,
                List.of(attempt),
                Duration.ofMillis(5));
    }
}
