package io.coordination.peer;

import io.coordination.CoordinationException;
import io.coordination.lock.Resource;
import java.util.List;
import java.util.Map;

/** Too few voters answered for a majority to have granted, or this process may not ask them. */
public final class NoMajorityException extends CoordinationException {

    private static final long serialVersionUID = 1L;

    NoMajorityException(String message) {
        super(message, null);
    }

    /** @param refusals of those voters that do not listen, in their own words */
    static NoMajorityException tooFew(
            Resource resource, List<String> answered, List<String> silent, int quorum, Map<String, String> refusals) {
        List<String> unheard =
                silent.stream().filter(voter -> !refusals.containsKey(voter)).toList();
        StringBuilder message = new StringBuilder()
                .append(answered.size())
                .append(" of ")
                .append(answered.size() + silent.size())
                .append(" voters answered for ")
                .append(resource)
                .append(" and ")
                .append(quorum)
                .append(" are needed.");
        if (!unheard.isEmpty()) {
            message.append(" Silent: ").append(unheard).append(". Check that they run and can be reached.");
        }
        refusals.forEach((voter, reason) -> {
            if (silent.contains(voter)) {
                message.append(" ").append(reason);
            }
        });
        return new NoMajorityException(message.toString());
    }

    static NoMajorityException mayNotAsk(Resource resource, String reason) {
        return new NoMajorityException("This instance does not ask for " + resource + ": " + reason);
    }
}
