package io.coordination.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Ports that nobody listens at, each given once. Below those that Linux gives to whoever dials: while an instance is down its
 * port must stay free for it.
 */
final class Ports {

    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;

    private int next;

    /** @param start spreads what runs at the same time */
    Ports(long start) {
        next = FIRST + (int) Math.floorMod(start * 97, (long) (LAST - FIRST));
    }

    int next() {
        for (int tried = FIRST; tried < LAST; tried++) {
            next = next < LAST ? next + 1 : FIRST;
            try (ServerSocket socket = new ServerSocket(next, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                continue;
            }
        }
        throw new IllegalStateException("No port from " + FIRST + " to " + LAST + " is free.");
    }
}
