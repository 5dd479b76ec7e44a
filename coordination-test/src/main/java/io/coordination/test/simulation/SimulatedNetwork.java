package io.coordination.test.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Links between nodes, each direction by itself: delays, losses, doubles, and cuts. */
final class SimulatedNetwork {

    private static final long MILLIS = 1_000_000;

    private final Agenda agenda;
    private final SplittableRandom random;
    private final Map<String, Link> links = new HashMap<>();
    private final double loss;
    private final double doubling;
    private final long typicalDelay;
    private boolean healed;
    private long messages;

    SimulatedNetwork(Agenda agenda, SplittableRandom random, double loss, double doubling, long typicalDelay) {
        this.agenda = agenda;
        this.random = random;
        this.loss = loss;
        this.doubling = doubling;
        this.typicalDelay = typicalDelay;
    }

    void send(String from, String to, Runnable arrival) {
        messages++;
        Link link = link(from, to);
        if (!healed && (link.cut || random.nextDouble() < loss)) {
            return;
        }
        agenda.in(delay(link), arrival);
        if (!healed && random.nextDouble() < doubling) {
            agenda.in(delay(link), arrival);
        }
    }

    /** Nothing sent from now on arrives; the other direction is not touched. */
    void cut(String from, String to) {
        link(from, to).cut = true;
    }

    void mend(String from, String to) {
        link(from, to).cut = false;
    }

    void slow(String from, String to, long factor) {
        link(from, to).slowness = factor;
    }

    /** No faults from now on, and little delay. */
    void heal() {
        healed = true;
        links.clear();
    }

    long messages() {
        return messages;
    }

    private long delay(Link link) {
        if (healed) {
            return MILLIS;
        }
        // Mostly short, with a long tail, so that messages overtake each other.
        double tail = random.nextInt(20) == 0 ? 20 : 1;
        return (long) (typicalDelay * (0.5 + random.nextDouble()) * tail * link.slowness);
    }

    private Link link(String from, String to) {
        return links.computeIfAbsent(from + ">" + to, name -> new Link());
    }

    private static final class Link {
        private boolean cut;
        private long slowness = 1;
    }
}
