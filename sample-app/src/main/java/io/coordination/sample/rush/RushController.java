package io.coordination.sample.rush;

import io.coordination.sample.instance.Everyone;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.concurrent.CompletableFuture;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class RushController {

    private final Rush rush;
    private final RushBoard board;
    private final Everyone everyone;

    RushController(Rush rush, RushBoard board, Everyone everyone) {
        this.rush = rush;
        this.board = board;
        this.everyone = everyone;
    }

    /** Answers when the rush is over. */
    @PostMapping("/api/rush")
    RushResult run(
            @RequestParam boolean locked,
            @RequestParam(defaultValue = "64") @Min(1) @Max(500) int buyers,
            @RequestParam(defaultValue = "72") @Min(1) @Max(500) int seats) {
        return rush.run(locked ? RushKind.WITH_LOCK : RushKind.WITHOUT_LOCK, buyers, seats);
    }

    /** Those of all instances: a page shows the rush whichever instance leads it. */
    @GetMapping("/api/rushes")
    CompletableFuture<RushBoard.View> rushes() {
        return everyone.ask("/api/rushes/here", RushBoard.View.class)
                .thenApply(boards -> RushBoard.View.of(boards.values()));
    }

    @GetMapping("/api/rushes/here")
    RushBoard.View rushesHere() {
        return board.view();
    }
}
