package io.coordination.sample.rush;

import io.coordination.annotation.WithLock;
import io.coordination.sample.instance.Everyone;
import io.coordination.sample.show.Show;
import io.coordination.sample.show.Shows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.JsonNode;

/** Opens a show, lets a crowd in at all instances, and counts afterwards what was sold. */
@Service
class Rush {

    private final Shows shows;
    private final Everyone everyone;
    private final Crowd crowd;
    private final RushBoard board;

    Rush(Shows shows, Everyone everyone, Crowd crowd, RushBoard board) {
        this.shows = shows;
        this.everyone = everyone;
        this.crowd = crowd;
        this.board = board;
    }

    /** Two rushes at a time would disturb each other's times: a second one is refused at once, at whatever instance. */
    @WithLock(name = "rush", waitAtMost = "0s")
    RushResult run(RushKind kind, int buyers, int seats) {
        List<String> counters = open();
        Show show = shows.open("Rush", seats);
        board.started(new RushBoard.Running(kind, show.id()));
        try {
            RushResult result = send(kind, buyers, counters, show);
            board.add(result).ifPresent(dropped -> shows.remove(dropped.show()));
            return result;
        } finally {
            board.ended();
        }
    }

    /** The instances that can sell now. The crowd sees which counters are open before it chooses. */
    private List<String> open() {
        var ready = everyone.ask("/actuator/health/readiness", JsonNode.class).join();
        if (ready.isEmpty()) {
            throw new ResponseStatusException(
                    HttpStatus.SERVICE_UNAVAILABLE, "No instance of the box office is ready. Try again in a moment.");
        }
        return List.copyOf(ready.keySet());
    }

    private RushResult send(RushKind kind, int buyers, List<String> counters, Show show) {
        List<HotSeat> seats = HotSeat.of(show.seats(), buyers);
        Instant startedAt = Instant.now();
        long start = System.nanoTime();
        List<Attempt> attempts = crowd.send(kind, seats, counters).join();
        Duration duration = Duration.ofNanos(System.nanoTime() - start);
        Show afterwards = shows.find(show.id()).orElseThrow();
        return RushResult.of(kind, afterwards, startedAt, buyers, attempts, duration);
    }
}
