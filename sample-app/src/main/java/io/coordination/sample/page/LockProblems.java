package io.coordination.sample.page;

import io.coordination.lock.LeaseLostException;
import io.coordination.lock.LockNotAcquiredException;
import io.coordination.lock.StaleTokenException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What a buyer is told when a lock stood in the way. */
@RestControllerAdvice
class LockProblems {

    @ExceptionHandler
    ProblemDetail notAcquired(LockNotAcquiredException e) {
        return ProblemDetail.forStatusAndDetail(
                e.reason() == LockNotAcquiredException.Reason.BUSY
                        ? HttpStatus.CONFLICT
                        : HttpStatus.SERVICE_UNAVAILABLE,
                e.getMessage());
    }

    @ExceptionHandler({LeaseLostException.class, StaleTokenException.class})
    ProblemDetail tooLate(RuntimeException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, e.getMessage());
    }
}
