package io.coordination.spring.autoconfigure;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Links without TLS to other machines: the secret shows who is there, but does not protect what is said afterwards. */
final class PlainLinks {

    private static final Logger log = LoggerFactory.getLogger(PlainLinks.class);

    private PlainLinks() {}

    static void warn(Map<String, URI> members, String self) {
        List<String> plain = members.entrySet().stream()
                .filter(member -> !member.getKey().equals(self))
                .map(Map.Entry::getValue)
                .filter(address -> "ws".equals(address.getScheme()) && !isThisMachine(address.getHost()))
                .map(URI::toString)
                .toList();
        if (!plain.isEmpty()) {
            log.warn(
                    "Links to {} are not encrypted: the secret shows who is there, and protects nothing that follows."
                            + " In a network that others can reach, use wss and coordination.peers.ssl.bundle.",
                    plain);
        }
    }

    // Names are not resolved: that may take long at start-up.
    private static boolean isThisMachine(String host) {
        if (host.equals("localhost")) {
            return true;
        }
        boolean isLiteral = host.startsWith("[") || host.matches("[0-9.]+");
        try {
            return isLiteral && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }
}
