package io.coordination.sample.rush;

import io.coordination.annotation.WithLock;
import io.coordination.sample.show.Show;
import io.coordination.sample.show.Shows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Service;

/** Opens a show, lets a crowd in, and counts afterwards what was sold. */
@Service
class Rush {

    private final Shows shows;
    private final Crowd crowd;
    private final RushBoard board;

    Rush(Shows shows, Crowd crowd, RushBoard board) {
        this.shows = shows;
        this.crowd = crowd;
        this.board = board;
    }

    /** Two rushes at a time would disturb each other's times: a second one is refused at once. */
    @WithLock(name = "rush", waitAtMost = "0s")
    RushResult run(RushKind kind, int buyers, int seats) {
        Show show = shows.open("Rush", seats);
        board.started(new RushBoard.Running(kind, show.id()));
        try {
            RushResult result = send(kind, buyers, show);
            board.add(result).ifPresent(dropped -> shows.remove(dropped.show()));
            return result;
        } finally {
            board.ended();
        }
    }

    private RushResult send(RushKind kind, int buyers, Show show) {
        List<HotSeat> seats = HotSeat.of(show.seats(), buyers);
        Instant startedAt = Instant.now();
        long start = System.nanoTime();
        List<Attempt> attempts = crowd.send(kind, seats).join();
        Duration duration = Duration.ofNanos(System.nanoTime() - start);
        Show afterwards = shows.find(show.id()).orElseThrow();
        return RushResult.of(kind, afterwards, startedAt, buyers, attempts, duration);
    }
}
