package io.coordination.peer;

import io.coordination.CoordinationException;
import io.coordination.lock.Resource;
import java.util.List;

/** Too few voters answered for a majority to have granted. */
public final class NoMajorityException extends CoordinationException {

    private static final long serialVersionUID = 1L;

    NoMajorityException(Resource resource, List<String> answered, List<String> silent, int quorum, boolean mayAsk) {
        super(
                mayAsk
                        ? answered.size() + " of " + (answered.size() + silent.size()) + " voters answered for "
                                + resource
                                + " and " + quorum + " are needed. Silent: " + silent
                                + ". Check that they run and can be reached."
                        : "This instance does not ask for " + resource
                                + " before its own vote counts again, which after a start takes until it has read from the other"
                                + " voters, or the quarantine is over.",
                null);
    }
}
