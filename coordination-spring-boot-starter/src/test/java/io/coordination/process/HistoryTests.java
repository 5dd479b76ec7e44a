package io.coordination.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.process.Line.Kind;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is wrong is found. */
class HistoryTests {

    private static final String SEAT = "0";

    private final History history = new History();
    private final Run a = new Run("box-a", 1);
    private final Run b = new Run("box-b", 2);

    @Test
    void aHandOverIsFine() {
        granted(a, 1, 0, 10, 1_000);
        said(a, Kind.RELEASING, 1, 20, 1_000);
        released(a, 1, 20, 25);
        granted(b, 2, 5, 22, 2_000);
        assertFound();
    }

    @Test
    void aGrantBeforeTheReleaseOfAnotherIsFound() {
        granted(a, 1, 0, 10, 1_000);
        said(a, Kind.RELEASING, 1, 20, 1_000);
        granted(b, 2, 5, 15, 2_000);
        assertFound("two holders");
    }

    @Test
    void aGrantBeforeTheDeadlineOfOneThatWasStoppedIsFound() {
        granted(a, 1, 0, 10, 1_000);
        granted(b, 2, 5, 900, 2_000);
        said(b, Kind.RELEASING, 2, 950, 2_000);
        released(b, 2, 950, 960);
        assertFound();

        history.heard(a, new Line(Kind.LOST, SEAT, 1, 5_000, 5_000, 5_000, "EXPIRED"));

        assertFound("two holders");
    }

    @Test
    void aGrantAfterTheDeadlineOfOneThatWasStoppedIsFine() {
        granted(a, 1, 0, 10, 1_000);
        granted(b, 2, 5, 1_001, 2_000);
        history.heard(a, new Line(Kind.LOST, SEAT, 1, 5_000, 5_000, 5_000, "EXPIRED"));
        said(a, Kind.RELEASING, 1, 5_001, 5_001);
        assertFound();
    }

    @Test
    void aGrantBeforeTheEndOfOneThatWasKilledIsFound() {
        granted(a, 1, 0, 10, 1_000);
        a.ended(500);
        granted(b, 2, 5, 400, 2_000);
        assertFound("two holders");
    }

    @Test
    void aKilledOneKeepsNobodyFromBeingGrantedByItsOwnJudgement() {
        granted(a, 1, 0, 10, 1_000);
        a.ended(500);
        granted(b, 2, 5, 600, 2_000);
        assertFound();
    }

    @Test
    void aTokenThatFallsIsFound() {
        granted(a, 7, 0, 10, 1_000);
        said(a, Kind.RELEASING, 7, 20, 1_000);
        released(a, 7, 20, 25);
        assertFound();

        granted(b, 6, 30, 40, 2_000);

        assertFound("no mutex with rising tokens");
    }

    @Test
    void aTokenThatIsGrantedTwiceIsFound() {
        granted(a, 1, 0, 10, 1_000);
        granted(b, 1, 2_000, 2_010, 3_000);
        assertFound("one token twice");
    }

    @Test
    void aWriteThatIsRefusedUnderALeaseIsFound() {
        granted(a, 1, 0, 10, 1_000);
        said(a, Kind.REJECTED, 1, 20, 1_000);
        assertFound("refused by the guard");
    }

    @Test
    void whatDoesNotMatterAnyMoreIsForgotten() {
        for (int token = 1; token <= 1_000; token++) {
            long at = token * 100L;
            granted(a, token, at, at + 10, at + 1_000);
            said(a, Kind.RELEASING, token, at + 20, at + 1_000);
            released(a, token, at + 20, at + 25);
        }
        assertFound();
        assertThat(history.size()).isEqualTo(1);
    }

    private void granted(Run run, long token, long asked, long at, long until) {
        history.heard(run, new Line(Kind.GRANTED, SEAT, token, asked, at, until, "acquired"));
    }

    private void said(Run run, Kind kind, long token, long at, long until) {
        history.heard(run, new Line(kind, SEAT, token, at, at, until, "acquired"));
    }

    private void released(Run run, long token, long began, long at) {
        history.heard(run, new Line(Kind.RELEASED, SEAT, token, began, at, at + 1, "acquired"));
    }

    private void assertFound(String... words) {
        history.checkLeases(TimeUnit.DAYS.toNanos(1));
        assertThat(history.violations()).hasSize(words.length);
        for (String word : words) {
            assertThat(history.violations().toString()).contains(word);
        }
    }
}
