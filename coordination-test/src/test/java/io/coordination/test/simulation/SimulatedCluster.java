package io.coordination.test.simulation;

import io.coordination.ProcessId;
import io.coordination.lock.LockOptions;
import io.coordination.lock.Resource;
import io.coordination.peer.Envelope;
import io.coordination.peer.PeerGroup;
import io.coordination.peer.PeerState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Voters and workers on a network on which every message takes the same time and none is lost that is not told to be: what
 * happens then is exact, and is counted. Messages to the own node do not travel.
 */
final class SimulatedCluster {

    static final long MILLIS = 1_000_000;

    /** One message delay. */
    static final long DELAY = 10 * MILLIS;

    static final Duration LEASE = Duration.ofSeconds(10);

    /** Wall clocks may differ by so much; records of what nobody wants are kept for twice as long. */
    static final Duration CLOCK_DIFFERENCE = Duration.ofSeconds(1);

    static final LockOptions PATIENT = LockOptions.defaults()
            .withLease(LEASE)
            .withWaitAtMost(Duration.ofHours(10))
            .withMaximumHold(Duration.ofHours(10));

    private final Agenda agenda = new Agenda();
    private final PeerGroup group;
    private final Map<String, SimulatedProcess> running = new LinkedHashMap<>();
    private final Map<String, Long> incarnations = new HashMap<>();
    private final Map<String, Integer> sent = new TreeMap<>();
    private final Map<String, Integer> sentBy = new TreeMap<>();
    private final Map<String, Long> sooner = new HashMap<>();
    private final Set<String> cut = new HashSet<>();
    private final Queue<Envelope> arriving = new ArrayDeque<>();
    private boolean withoutDelay;

    /** With equal clocks; all voters are in. */
    static SimulatedCluster of(int voters, int workers) {
        SimulatedCluster cluster = new SimulatedCluster(voters);
        cluster.group.voters().forEach(voter -> cluster.start(voter, 0));
        for (int worker = 1; worker <= workers; worker++) {
            cluster.start(worker(worker), 0);
        }
        cluster.comeIn();
        return cluster;
    }

    /** Nothing runs yet. */
    SimulatedCluster(int voters) {
        group = new PeerGroup(
                IntStream.rangeClosed(1, voters)
                        .mapToObj(SimulatedCluster::voter)
                        .toList(),
                LEASE,
                CLOCK_DIFFERENCE,
                true);
    }

    static String voter(int number) {
        return "voter-" + number;
    }

    /** In the order of their numbers; of tickets drawn at the same time, the name decides. */
    static String worker(int number) {
        return String.format("worker-%03d", number);
    }

    // ---- processes

    /** @param aheadMillis by how much its wall clock is ahead of the true time */
    void start(String node, long aheadMillis) {
        long incarnation = incarnations.merge(node, 1L, Long::sum);
        SimulatedMachine machine = new SimulatedMachine(agenda, 1, aheadMillis * 1_000);
        running.put(
                node, new SimulatedProcess(new ProcessId(node, incarnation), group, machine, this::send, member -> {}));
    }

    /** It is not there any more, and what is on the way to it is lost. */
    void crash(String node) {
        SimulatedProcess process = process(node);
        process.machine.die();
        process.member.close();
        running.remove(node);
    }

    SimulatedProcess process(String node) {
        return Objects.requireNonNull(running.get(node), node);
    }

    List<SimulatedProcess> processes() {
        return List.copyOf(running.values());
    }

    boolean isRunning(String node) {
        return running.containsKey(node);
    }

    boolean isReady(String node) {
        return isRunning(node) && process(node).member.state() == PeerState.READY;
    }

    /** Lets the voters wait until what they may have granted before has run out; what they said on the way is not counted. */
    void comeIn() {
        pass(LEASE.toNanos() * 2);
        forget();
    }

    // ---- links

    void cut(String from, String to) {
        cut.add(from + ">" + to);
    }

    void mend() {
        cut.clear();
    }

    /** Messages from the one to the other arrive so much before those that were sent at the same time. */
    void sooner(String from, String to, long nanos) {
        sooner.put(from + ">" + to, nanos);
    }

    private void send(Envelope envelope) {
        String from = envelope.from().nodeId();
        sent.merge(envelope.message().getClass().getSimpleName(), 1, Integer::sum);
        sentBy.merge(from, 1, Integer::sum);
        String link = from + ">" + envelope.to();
        if (cut.contains(link)) {
            return;
        }
        if (withoutDelay) {
            arriving.add(envelope);
        } else {
            agenda.in(DELAY - sooner.getOrDefault(link, 0L), () -> arrive(envelope));
        }
    }

    private void arrive(Envelope envelope) {
        SimulatedProcess to = running.get(envelope.to());
        if (to != null) {
            to.machine.act(() -> to.member.receive(envelope));
        }
    }

    /** From now on messages take no time: they arrive when they are told to, in the order in which they were sent. */
    void withoutDelay() {
        withoutDelay = true;
    }

    void arriveAll() {
        for (Envelope next = arriving.poll(); next != null; next = arriving.poll()) {
            arrive(next);
        }
    }

    // ---- what was said

    /** By kind, since it was last forgotten. */
    Map<String, Integer> sent() {
        return Map.copyOf(sent);
    }

    int sentBy(String node) {
        return sentBy.getOrDefault(node, 0);
    }

    int messages() {
        return sent.values().stream().mapToInt(Integer::intValue).sum();
    }

    void forget() {
        sent.clear();
        sentBy.clear();
    }

    // ---- time

    long now() {
        return agenda.now();
    }

    void in(long nanos, Runnable action) {
        agenda.in(nanos, action);
    }

    void pass(long nanos) {
        long end = agenda.now() + nanos;
        while (agenda.next(end)) {}
    }

    /** Lets time pass until then, and at most so long; says how long it took. */
    long passUntil(BooleanSupplier happened, long atMost) {
        long begin = agenda.now();
        while (!happened.getAsBoolean()) {
            if (!agenda.next(begin + atMost)) {
                throw new AssertionError("not within " + atMost / MILLIS + " ms");
            }
        }
        return agenda.now() - begin;
    }

    // ---- wanting

    Want want(String node, Resource resource) {
        return want(node, resource, PATIENT);
    }

    Want want(String node, Resource resource, LockOptions options) {
        return new Want(process(node), resource, options, agenda);
    }

    /** Wants it, and lets time pass until it has it. */
    Want has(String node, Resource resource) {
        Want want = want(node, resource);
        passUntil(want::isServed, 10 * LEASE.toNanos());
        // The answers that were not needed any more are on their way.
        pass(2 * DELAY);
        return want;
    }

    List<Want> wantAll(List<String> nodes, Resource resource) {
        List<Want> wants = new ArrayList<>();
        nodes.forEach(node -> wants.add(want(node, resource)));
        return wants;
    }
}
