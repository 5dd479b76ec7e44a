package io.coordination.spring.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

final class SeveralLeaseStoresFailureAnalyzer extends AbstractFailureAnalyzer<SeveralLeaseStoresException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, SeveralLeaseStoresException cause) {
        String description = "Locks need one lease store that arbitrates, but the application defines "
                + cause.beans().size() + ":"
                + String.join(
                        "",
                        cause.beans().stream()
                                .map(bean -> System.lineSeparator() + "    - " + bean)
                                .toList());
        String action =
                "Remove all but one of these beans, or mark the one that arbitrates with @Primary. Two stores would"
                        + " each grant the same lock.";
        return new FailureAnalysis(description, action, cause);
    }
}
