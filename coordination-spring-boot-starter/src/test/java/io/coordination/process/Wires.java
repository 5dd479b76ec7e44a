package io.coordination.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Between each two nodes a wire for either direction of dialing. */
final class Wires implements AutoCloseable {

    private record Way(String from, String to) {}

    private final Map<Way, Wire> all = new HashMap<>();

    /** @param ports where the nodes listen */
    Wires(Map<String, Integer> ports, Ports free) {
        ports.keySet()
                .forEach(from -> ports.forEach((to, port) -> {
                    if (!from.equals(to)) {
                        all.put(new Way(from, to), new Wire(free.next(), port));
                    }
                }));
    }

    /** Where a node dials another. */
    int port(String from, String to) {
        Wire wire = all.get(new Way(from, to));
        if (wire == null) {
            throw new IllegalArgumentException("There is no wire from " + from + " to " + to + ".");
        }
        return wire.port();
    }

    void cut(String one, String other) {
        between(one, other).forEach(Wire::cut);
    }

    /** Nothing said by {@code from} reaches {@code to}; what is said the other way does. */
    void silence(String from, String to) {
        all.forEach((way, wire) -> {
            if (way.equals(new Way(from, to))) {
                wire.silence(true, false);
            } else if (way.equals(new Way(to, from))) {
                wire.silence(false, true);
            }
        });
    }

    /** A black hole: nothing reaches the node, and nothing comes from it. */
    void silence(String node) {
        all.forEach((way, wire) -> {
            if (way.from().equals(node) || way.to().equals(node)) {
                wire.silence(true, true);
            }
        });
    }

    void heal() {
        all.values().forEach(Wire::heal);
    }

    @Override
    public void close() {
        all.values().forEach(Wire::close);
    }

    private List<Wire> between(String one, String other) {
        List<Wire> between = new ArrayList<>();
        all.forEach((way, wire) -> {
            if (way.equals(new Way(one, other)) || way.equals(new Way(other, one))) {
                between.add(wire);
            }
        });
        return between;
    }
}
