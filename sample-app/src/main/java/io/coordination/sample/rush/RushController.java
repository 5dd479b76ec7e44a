package io.coordination.sample.rush;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class RushController {

    private final Rush rush;
    private final RushBoard board;

    RushController(Rush rush, RushBoard board) {
        this.rush = rush;
        this.board = board;
    }

    /** Answers when the rush is over. */
    @PostMapping("/api/rush")
    RushResult run(
            @RequestParam boolean locked,
            @RequestParam(defaultValue = "64") @Min(1) @Max(500) int buyers,
            @RequestParam(defaultValue = "72") @Min(1) @Max(500) int seats) {
        return rush.run(locked ? RushKind.WITH_LOCK : RushKind.WITHOUT_LOCK, buyers, seats);
    }

    @GetMapping("/api/rushes")
    RushBoard.View rushes() {
        return board.view();
    }
}
