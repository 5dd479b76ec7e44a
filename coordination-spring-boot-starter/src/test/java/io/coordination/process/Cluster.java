package io.coordination.process;

import io.coordination.process.Line.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Three instances under load, the wires between them, and the database to which they write. For one thread. */
final class Cluster implements AutoCloseable {

    static final List<String> NODES = List.of("box-a", "box-b", "box-c");
    static final Duration GRANT = Duration.ofSeconds(1);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final long seed;
    private final List<String> more;
    private final Path directory;
    private final History history = new History();
    private final Journal journal;
    private final Map<String, Integer> ports = new TreeMap<>();
    private final Wires wires;
    private final Map<String, Child> children = new TreeMap<>();
    private int runs;

    /** @param more arguments for all instances */
    Cluster(String name, long seed, String... more) {
        this.seed = seed;
        this.more = List.of(more);
        this.directory = Path.of("target", "processes", name);
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.journal = new Journal(directory.resolve("postgres.log"));
        Ports free = new Ports(ProcessHandle.current().pid());
        NODES.forEach(node -> ports.put(node, free.next()));
        this.wires = new Wires(ports, free);
        NODES.forEach(this::start);
        NODES.forEach(this::awaitReady);
    }

    History history() {
        return history;
    }

    Journal journal() {
        return journal;
    }

    Wires wires() {
        return wires;
    }

    Child child(String node) {
        Child child = children.get(node);
        if (child == null) {
            throw new IllegalArgumentException("There is no node " + node + ".");
        }
        return child;
    }

    void start(String node) {
        runs++;
        Run run = new Run(node, runs);
        children.put(node, new Child(run, arguments(run), directory.resolve(node + ".log"), history));
    }

    /** Whatever was done to them: all run, and nothing is between them. */
    void heal() {
        wires.heal();
        for (String node : NODES) {
            if (child(node).isAlive()) {
                child(node).goOn();
            } else {
                start(node);
            }
        }
        NODES.forEach(this::awaitReady);
    }

    void awaitReady(String node) {
        await(node + " is ready", () -> child(node).isReady());
    }

    /** Waits until something has happened that is expected to. */
    void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(PATIENCE).until(condition);
    }

    /** Waits until each of these nodes has acquired a lease and written from now on. */
    void awaitProgress(List<String> nodes) {
        long now = System.nanoTime();
        for (String node : nodes) {
            await(node + " goes on", () -> history.hasSaid(node, Kind.ACCEPTED, now));
        }
    }

    /** Waits until all nodes see all others. */
    void awaitLinks() {
        for (String node : NODES) {
            await(node + " has its links", () -> {
                child(node).tell("links");
                String links = child(node).answer(Kind.LINKS).words();
                return !links.contains("GONE") && !links.contains("SUSPECTED");
            });
        }
    }

    void check() {
        history.check(journal);
    }

    @Override
    public void close() {
        children.values().forEach(Child::kill);
        wires.close();
        journal.close();
    }

    private List<String> arguments(Run run) {
        List<String> arguments = new ArrayList<>(List.of(
                "--coordination.node-id=" + run.node,
                "--coordination.peers.secret=a secret for tests only",
                "--coordination.peers.grant=" + GRANT.toMillis() + "ms",
                "--coordination.peers.address=127.0.0.1",
                "--coordination.peers.port=" + ports.get(run.node),
                "--coordination.locks.wait-at-most=2s",
                "--logging.level.io.coordination.lock=error",
                "--spring.datasource.url=" + journal.url(),
                "--spring.datasource.hikari.maximum-pool-size=5",
                "--spring.jmx.enabled=false",
                "--spring.main.banner-mode=off",
                "--process.writer=" + run,
                "--process.seed=" + (seed * 1_000 + run.number)));
        for (String node : NODES) {
            int port = node.equals(run.node) ? ports.get(node) : wires.port(run.node, node);
            arguments.add("--coordination.peers.members." + node + "=ws://127.0.0.1:" + port);
        }
        // One of them has a memory, the others rely on their clocks
        if (run.node.equals(NODES.get(0))) {
            arguments.add("--coordination.peers.data-directory=" + directory.resolve(run.node + "-data"));
        }
        arguments.addAll(more);
        return arguments;
    }
}
