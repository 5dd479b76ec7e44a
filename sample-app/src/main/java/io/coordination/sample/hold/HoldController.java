package io.coordination.sample.hold;

import io.coordination.sample.show.EveningShow;
import io.coordination.sample.show.Seat;
import io.coordination.sample.show.SeatStatus;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
class HoldController {

    private final EveningShow evening;
    private final HoldDemo demo;

    HoldController(EveningShow evening, HoldDemo demo) {
        this.evening = evening;
        this.demo = demo;
    }

    @PostMapping("/api/demo/hold")
    @ResponseStatus(HttpStatus.ACCEPTED)
    CompletableFuture<Hold> hold(@RequestParam(defaultValue = "10") @Min(1) @Max(60) int seconds) {
        Seat seat = evening.now().seats().stream()
                .filter(candidate -> candidate.status() == SeatStatus.FREE)
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.CONFLICT, "Every seat of this evening is taken; restart for an empty house."));
        return demo.hold(seat.id(), Duration.ofSeconds(seconds));
    }
}
