package io.coordination.spring.autoconfigure;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;

/** The name of the machine, which names the instance where no node id is given. */
final class HostName {

    private HostName() {}

    // The environment first: containers have it there, and the resolver may wait for a server of names.
    static String ofThisMachine(Map<String, String> environment) {
        for (String variable : List.of("HOSTNAME", "COMPUTERNAME")) {
            String name = environment.get(variable);
            if (name != null && !name.isBlank()) {
                return name;
            }
        }
        return resolved();
    }

    private static String resolved() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameWithoutAddress) {
            return "localhost";
        }
    }
}
