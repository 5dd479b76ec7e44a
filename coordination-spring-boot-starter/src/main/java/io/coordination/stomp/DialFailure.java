package io.coordination.stomp;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why an address cannot be dialed, and what to look at. */
final class DialFailure {

    private static final int DEPTH = 10;

    private DialFailure() {}

    static String inWords(URI address, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        WebSocketHandshakeException refused = find(WebSocketHandshakeException.class, cause);
        String said = Words.failure(cause);
        if (refused != null) {
            return status(address, refused.getResponse().statusCode());
        } else if (find(UnresolvedAddressException.class, cause) != null) {
            return "there is no host named " + address.getHost() + " (" + address
                    + "): check the name in coordination.peers, and DNS.";
        } else if (find(HttpTimeoutException.class, cause) != null) {
            return address + " did not answer within " + Limits.CONNECT.toSeconds()
                    + " s: check that the instance runs, and the firewalls in between.";
        } else if (find(SSLException.class, cause) != null) {
            return "no TLS with " + address + ": " + said
                    + ". Check that both instances use an SSL bundle that trusts the certificate of the other, that the certificate has"
                    + " this host name, and that the port speaks TLS.";
        } else if (find(ConnectException.class, cause) != null) {
            return "nothing listens at " + address + ": check that the instance runs, and its coordination.peers.port.";
        }
        return address + " does not answer as a hub: " + said
                + ". Check that it is the coordination.peers.port of an instance, and whether it wants wss or ws.";
    }

    private static String status(URI address, int status) {
        String what = address + " answered " + status;
        return switch (status) {
            case 401, 403 ->
                what + ", so that something in front of the hub wants credentials, or refuses this client: "
                        + "name the coordination.peers.port of the instance itself.";
            case 404 ->
                what + ": no hub is there. Check that the port is the coordination.peers.port of the instance, "
                        + "not its server.port, and the path.";
            case 503 -> what + ": the hub has as many links as it takes, or is stopping. It is tried again.";
            default ->
                what + " instead of a WebSocket: check that the port is the coordination.peers.port of the instance, "
                        + "and whether it wants wss or ws.";
        };
    }

    private static <T extends Throwable> @Nullable T find(Class<T> type, Throwable failure) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < DEPTH; depth++) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
            at = at.getCause();
        }
        return null;
    }
}
