package io.coordination.spring.autoconfigure;

import io.coordination.CoordinationException;
import io.coordination.channel.LinkException;
import io.coordination.peer.DataDirectoryException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** What keeps an instance from coordinating with others: a port, a dependency, a directory. Their messages say what to do. */
final class PeerFailureAnalyzer extends AbstractFailureAnalyzer<CoordinationException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable failure, CoordinationException cause) {
        boolean isOfPeers = cause instanceof LinkException || cause instanceof DataDirectoryException;
        return isOfPeers ? new FailureAnalysis(String.valueOf(cause.getMessage()), null, cause) : null;
    }
}
