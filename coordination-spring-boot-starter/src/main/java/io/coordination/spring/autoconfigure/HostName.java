package io.coordination.spring.autoconfigure;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of the machine, which names the instance where no node id is given. */
final class HostName {

    private HostName() {}

    static String ofThisMachine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameWithoutAddress) {
            String name = System.getenv("HOSTNAME");
            return name == null || name.isBlank() ? "localhost" : name;
        }
    }
}
