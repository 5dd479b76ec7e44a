package io.coordination.stomp;

import io.coordination.channel.Cause;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * To what a client of the hub has subscribed.
 *
 * <p>Threads: changed by one, asked by any.
 */
final class Subscriptions {

    private final Map<String, String> destinations = new ConcurrentHashMap<>();
    private final Map<String, String> ids = new ConcurrentHashMap<>();

    void add(StompFrame subscribe) throws BadInputException {
        String id = subscribe.name("id");
        String destination = subscribe.name("destination");
        if (!subscribe.header("ack").orElse("auto").equals("client")) {
            throw BadInputException.malformed(
                    "Subscribe with ack:client: data counts as taken only when it was acknowledged.");
        } else if (!destination.startsWith(Letters.ROOT) || destination.length() == Letters.ROOT.length()) {
            throw Letters.unknown(destination);
        } else if (destinations.containsKey(id) || ids.containsKey(destination)) {
            throw BadInputException.malformed("There is a subscription to " + Words.printable(destination)
                    + " or with the id " + Words.printable(id) + " already.");
        } else if (destinations.size() >= Limits.SUBSCRIPTIONS) {
            throw new BadInputException(
                    Cause.TOO_MANY, "There are " + Limits.SUBSCRIPTIONS + " subscriptions already.");
        }
        destinations.put(id, destination);
        ids.put(destination, id);
    }

    void remove(StompFrame unsubscribe) throws BadInputException {
        String id = unsubscribe.name("id");
        String destination = destinations.remove(id);
        if (destination == null) {
            throw BadInputException.malformed("There is no subscription with the id " + Words.printable(id) + ".");
        }
        ids.remove(destination);
    }

    /** The id of the one that takes what is sent to this destination. */
    @Nullable
    String of(String destination) {
        String exact = ids.get(destination);
        return exact == null ? ids.get(Letters.ALL) : exact;
    }
}
