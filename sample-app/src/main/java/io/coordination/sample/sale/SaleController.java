package io.coordination.sample.sale;

import io.coordination.sample.sale.SaleOutcome.Done;
import io.coordination.sample.sale.SaleOutcome.NoSuchSeat;
import io.coordination.sample.sale.SaleOutcome.Refused;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/seats/{id}")
class SaleController {

    private final Counter counter;

    SaleController(Counter counter) {
        this.counter = counter;
    }

    @PostMapping("/purchase")
    ResponseEntity<?> buy(@PathVariable long id, @RequestParam @NotBlank @Size(max = 60) String buyer) {
        return answer(counter.buy(id, buyer));
    }

    @PostMapping("/purchase-without-lock")
    ResponseEntity<?> buyWithoutLock(@PathVariable long id, @RequestParam @NotBlank @Size(max = 60) String buyer) {
        return answer(counter.buyWithoutLock(id, buyer));
    }

    @PostMapping("/reservation")
    ResponseEntity<?> reserve(@PathVariable long id, @RequestParam @NotBlank @Size(max = 60) String buyer) {
        return answer(counter.reserve(id, buyer));
    }

    @DeleteMapping("/reservation")
    ResponseEntity<?> release(@PathVariable long id, @RequestParam @NotBlank @Size(max = 60) String buyer) {
        return answer(counter.release(id, buyer));
    }

    private static ResponseEntity<?> answer(SaleOutcome outcome) {
        if (outcome instanceof Done done) {
            return ResponseEntity.ok(done);
        }
        if (outcome instanceof Refused refused) {
            return problem(HttpStatus.CONFLICT, refused.reason());
        }
        return problem(HttpStatus.NOT_FOUND, "There is no seat " + ((NoSuchSeat) outcome).seatId() + ".");
    }

    private static ResponseEntity<?> problem(HttpStatus status, String detail) {
        return ResponseEntity.of(ProblemDetail.forStatusAndDetail(status, detail))
                .build();
    }
}
