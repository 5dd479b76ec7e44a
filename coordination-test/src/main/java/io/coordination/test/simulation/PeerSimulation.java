package io.coordination.test.simulation;

import io.coordination.ProcessId;
import io.coordination.lock.Lease;
import io.coordination.lock.LeaseState;
import io.coordination.lock.LockOptions;
import io.coordination.lock.Resource;
import io.coordination.peer.PeerGroup;
import io.coordination.test.FencedMutexHistory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Managers over a majority of peers, under everything that can go wrong; then the faults stop, and everybody must be served.
 * One seed decides everything, the mix of faults included. After each event: nobody holds what another holds, each by its own
 * judgement, and tokens rise in the order of the grants.
 */
public final class PeerSimulation {

    private static final long MILLIS = 1_000_000;
    private static final long GRANT = 2_000 * MILLIS;
    private static final long FAULTY_TIME = 40 * GRANT;

    /** Everybody, one after another, with the leases of the dead running out before. */
    private static final long HEALED_TIME = 60 * GRANT;

    private static final List<Resource> RESOURCES = List.of(Resource.named("report"), Resource.of("seat", "1"));

    private final SplittableRandom random;
    private final Agenda agenda = new Agenda();
    private final PeerGroup group;
    private final SimulatedNetwork network;
    private final Map<String, SimulatedProcess> running = new LinkedHashMap<>();
    private final Map<String, Long> incarnations = new HashMap<>();
    private final Map<SimulatedProcess, List<Lease>> held = new LinkedHashMap<>();
    private final Map<Resource, Long> lastToken = new HashMap<>();
    private final Map<Resource, FencedMutexHistory> histories = new HashMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<String> nodes = new ArrayList<>();
    private final @Nullable StringBuilder trace;
    private final int faultsPerGrant;
    private boolean healed;
    private int unserved;
    private @Nullable String violation;

    public PeerSimulation(long seed, boolean traced) {
        this.random = new SplittableRandom(seed);
        this.trace = traced ? new StringBuilder() : null;
        int voters = random.nextInt(3) == 0 ? 5 : 3;
        for (int i = 1; i <= voters; i++) {
            nodes.add("voter-" + i);
        }
        this.group = new PeerGroup(List.copyOf(nodes), Duration.ofNanos(GRANT), Duration.ofSeconds(1), true);
        int workers = 1 + random.nextInt(3);
        for (int i = 1; i <= workers; i++) {
            nodes.add("worker-" + i);
        }
        this.faultsPerGrant = random.nextInt(4);
        this.network = new SimulatedNetwork(
                agenda,
                random.split(),
                random.nextInt(3) == 0 ? 0.3 * random.nextDouble() : 0.02 * random.nextDouble(),
                0.1 * random.nextDouble(),
                MILLIS * (1 + random.nextInt(20)));
    }

    /** Runs to the end; throws a {@link SimulationViolation} at the event after which something did not hold. */
    public void run() {
        for (String node : nodes) {
            start(node);
        }
        agenda.in(random.nextInt(1_000) * MILLIS, this::fault);
        until(FAULTY_TIME);
        heal();
    }

    /** How often what happened. */
    public Map<String, Integer> counts() {
        counts.put("messages", (int) network.messages());
        return counts;
    }

    /** What happened, as text; empty unless it was to be traced. */
    public String trace() {
        return trace == null ? "" : trace.toString();
    }

    // ---- phases

    private void until(long end) {
        while (agenda.next(end)) {
            check();
        }
    }

    private void heal() {
        healed = true;
        log("the faults stop");
        network.heal();
        for (String node : nodes) {
            SimulatedProcess process = running.get(node);
            if (process == null) {
                start(node);
            } else if (!process.machine.canAct()) {
                process.machine.resume(0);
            }
        }
        unserved = 0;
        for (SimulatedProcess process : List.copyOf(running.values())) {
            for (Resource resource : RESOURCES) {
                unserved++;
                serveOnce(process, resource);
            }
        }
        long end = agenda.now() + HEALED_TIME;
        while (unserved > 0 && agenda.next(end)) {
            check();
        }
        if (unserved > 0) {
            throw new SimulationViolation(unserved + " were not served within " + HEALED_TIME / GRANT
                    + " lease lengths after the faults had stopped");
        }
        until(agenda.now() + 3 * GRANT);
        histories.forEach((resource, history) -> {
            String objection = history.objection();
            if (objection != null) {
                throw new SimulationViolation("no order explains what callers saw of " + resource + ": " + objection);
            }
        });
        running.values().forEach(process -> {
            if (!process.locks.locks().isEmpty()) {
                throw new SimulationViolation(process + " has something left: " + process.locks.locks());
            }
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what goes wrong in the stage is kept, and thrown by the check
    private void serveOnce(SimulatedProcess process, Resource resource) {
        LockOptions patient = LockOptions.defaults()
                .withLease(Duration.ofNanos(GRANT))
                .withWaitAtMost(Duration.ofNanos(2 * HEALED_TIME));
        long asked = agenda.now();
        process.locks.acquireAsync(resource, patient).whenComplete((lease, refused) -> {
            if (lease == null) {
                violated(process + " was refused after the faults had stopped: " + refused);
                return;
            }
            unserved--;
            granted(process, lease, asked);
            agenda.in(5 * MILLIS, () -> process.machine.act(() -> close(lease)));
        });
    }

    // ---- processes

    private void start(String node) {
        long incarnation = incarnations.merge(node, 1L, Long::sum);
        // Within one second of each other, and one per cent of the true rate.
        SimulatedMachine machine =
                new SimulatedMachine(agenda, 0.99 + 0.02 * random.nextDouble(), random.nextInt(900_000));
        SimulatedProcess process =
                new SimulatedProcess(new ProcessId(node, incarnation), group, machine, network, running::get);
        running.put(node, process);
        held.put(process, new ArrayList<>());
        log("%s starts", process);
        if (!healed) {
            think(process);
        }
    }

    private void think(SimulatedProcess process) {
        agenda.in(random.nextInt(3_000) * MILLIS, () -> process.machine.act(() -> want(process)));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what goes wrong in the stage is kept, and thrown by the check
    private void want(SimulatedProcess process) {
        if (healed) {
            return;
        }
        Resource resource = RESOURCES.get(random.nextInt(RESOURCES.size()));
        LockOptions options = LockOptions.defaults()
                .withLease(Duration.ofNanos(GRANT + random.nextInt(2) * GRANT))
                .withWaitAtMost(Duration.ofMillis(random.nextInt(4) == 0 ? 0 : random.nextInt(20_000)));
        log("%s wants %s", process, resource);
        long asked = agenda.now();
        process.locks.acquireAsync(resource, options).whenComplete((lease, refused) -> {
            if (lease == null) {
                count("refused");
                log("%s is refused %s: %s", process, resource, refused.getMessage());
                think(process);
            } else {
                granted(process, lease, asked);
                long work = random.nextInt(6) == 0 ? random.nextInt(6_000) : random.nextInt(300);
                agenda.in(
                        work * MILLIS,
                        () -> process.machine.act(() -> {
                            log("%s releases %s", process, lease);
                            lease.close();
                            think(process);
                        }));
            }
        });
    }

    /** A lease that was lost before is not released by closing it: its outcome stays open. */
    private void close(Lease lease) {
        boolean held = lease.state() == LeaseState.HELD || lease.state() == LeaseState.AT_RISK;
        lease.close();
        if (held) {
            history(lease.resource()).released(lease.token(), agenda.now(), agenda.now());
        }
    }

    private FencedMutexHistory history(Resource resource) {
        return histories.computeIfAbsent(resource, name -> new FencedMutexHistory());
    }

    private void granted(SimulatedProcess process, Lease lease, long asked) {
        count("grants");
        history(lease.resource()).granted(lease.token(), asked, agenda.now());
        log("%s has %s", process, lease);
        List<Lease> leases = held.get(process);
        if (leases != null) {
            leases.add(lease);
        }
        Long last = lastToken.put(lease.resource(), lease.token().value());
        if (last != null && last >= lease.token().value()) {
            throw new SimulationViolation("the token of " + lease.resource() + " does not rise: " + lease.token()
                    + " of " + process + " after " + last);
        }
    }

    // ---- faults

    private void fault() {
        if (healed) {
            return;
        }
        for (int i = 0; i < faultsPerGrant; i++) {
            agenda.in(random.nextLong(GRANT), this::oneFault);
        }
        agenda.in(GRANT, this::fault);
    }

    private void oneFault() {
        if (healed) {
            return;
        }
        String node = nodes.get(random.nextInt(nodes.size()));
        SimulatedProcess process = running.get(node);
        switch (random.nextInt(8)) {
            case 0, 1 -> crash(node, process);
            case 2 -> pause(process, false);
            case 3 -> pause(process, true);
            case 4 -> cutOneWay(node, nodes.get(random.nextInt(nodes.size())));
            case 5 -> isolate(node);
            case 6 -> step(process);
            default -> slow(node);
        }
    }

    private void crash(String node, @Nullable SimulatedProcess process) {
        if (process == null || !process.machine.canAct()) {
            return;
        }
        count("crashes");
        log("%s crashes", process);
        process.machine.die();
        process.member.close();
        running.remove(node);
        held.remove(process);
        agenda.in(random.nextLong(2 * GRANT), () -> {
            if (!running.containsKey(node)) {
                start(node);
            }
        });
    }

    private void pause(@Nullable SimulatedProcess process, boolean suspended) {
        if (process == null || !process.machine.canAct()) {
            return;
        }
        long length = random.nextLong(GRANT + GRANT / 2);
        count(suspended ? "suspensions" : "pauses");
        log("%s is %s for %s ms", process, suspended ? "suspended" : "paused", length / MILLIS);
        process.machine.stop();
        agenda.in(length, () -> {
            if (!process.machine.canAct() && running.get(process.id.nodeId()) == process) {
                log("%s goes on", process);
                process.machine.resume(suspended ? length : 0);
            }
        });
    }

    private void cutOneWay(String from, String to) {
        count("one-way cuts");
        log("%s does not reach %s", from, to);
        network.cut(from, to);
        agenda.in(random.nextLong(3 * GRANT), () -> network.mend(from, to));
    }

    private void isolate(String node) {
        count("isolations");
        log("%s is isolated", node);
        for (String other : nodes) {
            network.cut(node, other);
            network.cut(other, node);
        }
        agenda.in(random.nextLong(3 * GRANT), () -> {
            for (String other : nodes) {
                network.mend(node, other);
                network.mend(other, node);
            }
        });
    }

    private void step(@Nullable SimulatedProcess process) {
        if (process != null) {
            count("clock steps");
            // So that it stays within the difference that the members have agreed on.
            process.machine.stepWallClock(-random.nextInt(100_000));
        }
    }

    private void slow(String node) {
        count("slow links");
        String other = nodes.get(random.nextInt(nodes.size()));
        network.slow(node, other, 20);
        agenda.in(random.nextLong(2 * GRANT), () -> network.slow(node, other, 1));
    }

    // ---- what must hold

    private void check() {
        Map<Resource, Lease> holders = new HashMap<>();
        held.forEach((process, leases) -> {
            if (!process.machine.canAct()) {
                return;
            }
            leases.removeIf(lease -> {
                LeaseState state = lease.state();
                if (state == LeaseState.LOST) {
                    count("lost");
                }
                if (state == LeaseState.LOST || state == LeaseState.RELEASED) {
                    return true;
                }
                Lease other = holders.put(lease.resource(), lease);
                if (other != null && !other.token().equals(lease.token())) {
                    violated("two holders: " + other + " and " + lease);
                }
                return false;
            });
        });
        if (violation != null) {
            throw new SimulationViolation(violation);
        }
    }

    /** What happens in callbacks cannot throw through those who call them. */
    private void violated(String what) {
        if (violation == null) {
            violation = what;
        }
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    private void log(String format, @Nullable Object... what) {
        if (trace != null) {
            trace.append(String.format("%,12d ms  ", agenda.now() / MILLIS))
                    .append(String.format(format, what))
                    .append('\n');
        }
    }
}
