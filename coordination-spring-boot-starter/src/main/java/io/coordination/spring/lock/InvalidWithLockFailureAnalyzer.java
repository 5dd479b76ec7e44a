package io.coordination.spring.lock;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

final class InvalidWithLockFailureAnalyzer extends AbstractFailureAnalyzer<InvalidWithLockException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidWithLockException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Change the annotations, or the settings under coordination.locks, as said for each. A method that Spring"
                        + " cannot intercept can take its lock itself: DistributedLockManager.run(...).",
                cause);
    }
}
