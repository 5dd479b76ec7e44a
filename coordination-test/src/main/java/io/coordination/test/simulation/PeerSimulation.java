package io.coordination.test.simulation;

import io.coordination.ProcessId;
import io.coordination.lock.Lease;
import io.coordination.lock.LockOptions;
import io.coordination.lock.Resource;
import io.coordination.peer.Envelope;
import io.coordination.peer.PeerGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Managers over a majority of peers, under everything that can go wrong; then the faults stop, and everybody must be served.
 * One seed decides everything, the mix of faults included. After each event: nobody holds what another holds, each by its own
 * judgement, and tokens rise in the order of the grants.
 */
public final class PeerSimulation {

    private static final long MILLIS = 1_000_000;
    private static final long GRANT = 2_000 * MILLIS;
    private static final long LATELY = 3 * GRANT;
    private static final long FAULTY_TIME = 40 * GRANT;

    /** Everybody, one after another, with the leases of the dead running out before. */
    private static final long HEALED_TIME = 60 * GRANT;

    private static final List<Resource> RESOURCES = List.of(Resource.named("report"), Resource.of("seat", "1"));

    /** By how much wall clocks differ at most, of the second that is agreed on: the rest is for hybrid clocks that lead. */
    private static final int CLOCKS_APART = 900_000;

    private final SplittableRandom random;
    private final SimulationSetting setting;
    private final Agenda agenda = new Agenda();
    private final SimulatedNetwork network;
    private final Rollout rollout;
    private final Map<String, SimulatedProcess> running = new LinkedHashMap<>();

    /** Processes of nodes on which a newer one runs as well. */
    private final Map<String, SimulatedProcess> older = new LinkedHashMap<>();

    private final Map<String, Long> incarnations = new HashMap<>();
    private final Map<String, SimulatedDisk> disks = new HashMap<>();
    private final List<String> nodes = new ArrayList<>();
    private final Observed observed = new Observed();
    private final Map<String, Integer> counts = observed.counts;
    private final @Nullable StringBuilder trace;
    private boolean healed;
    private int unserved;

    public PeerSimulation(long seed, boolean traced) {
        this.random = new SplittableRandom(seed);
        this.trace = traced ? new StringBuilder() : null;
        this.setting = SimulationSetting.draw(random);
        int mostVoters = setting.rollouts() ? 5 : setting.voters();
        for (int i = 1; i <= mostVoters; i++) {
            nodes.add("voter-" + i);
        }
        this.rollout = new Rollout(List.copyOf(nodes), setting.voters());
        for (int i = 1; i <= setting.workers(); i++) {
            nodes.add("worker-" + i);
        }
        observed.happened.fresh = setting.fresh();
        this.network = new SimulatedNetwork(
                agenda, random.split(), setting.loss(), setting.doubling(), MILLIS * setting.delayMillis());
        log("%s", setting);
    }

    /** Runs to the end; throws a {@link SimulationViolation} at the event after which something did not hold. */
    public void run() {
        for (String node : nodes) {
            start(node);
        }
        agenda.in(random.nextInt(1_000) * MILLIS, this::fault);
        until(FAULTY_TIME);
        heal();
        observed.finish(agenda.now());
    }

    /** How often what happened. */
    public Map<String, Integer> counts() {
        counts.put("messages", (int) network.messages());
        counts.put("simulated seconds", (int) (agenda.now() / (1_000 * MILLIS)));
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
        older.values().forEach(this::die);
        older.clear();
        for (String node : nodes) {
            SimulatedProcess process = running.get(node);
            if (process != null && !rollout.knows(process.group)) {
                die(process);
                process = null;
            }
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
                observed.violated(process + " was refused after the faults had stopped: " + refused);
                return;
            }
            unserved--;
            granted(process, lease, asked);
            agenda.in(5 * MILLIS, () -> process.machine.act(() -> observed.close(lease, agenda.now())));
        });
    }

    // ---- processes

    private void start(String node) {
        start(node, healed || random.nextBoolean());
    }

    /** @param rollsOut whether it is given the list of voters of now */
    private void start(String node, boolean rollsOut) {
        long incarnation = incarnations.merge(node, 1L, Long::sum);
        List<String> voters = rollout.listFor(node, rollsOut);
        SimulatedMachine machine = new SimulatedMachine(agenda, rate(), wallOffset());
        SimulatedProcess process =
                new SimulatedProcess(new ProcessId(node, incarnation), group(voters), machine, this::send, member -> {
                    member.previousVoters(rollout.previousOf(voters)).fresh(setting.fresh());
                    if (setting.dataDirectories()) {
                        member.tokenCeiling(disk(node).of(machine));
                    }
                });
        running.put(node, process);
        observed.started(process);
        log("%s starts", process);
        if (!healed) {
            think(process);
        }
    }

    private PeerGroup group(List<String> voters) {
        return new PeerGroup(voters, Duration.ofNanos(GRANT), Duration.ofSeconds(1), !setting.fresh());
    }

    private double rate() {
        double offBy = 0.01;
        if (setting.injects(Exemption.CLOCK_RATES) && random.nextInt(3) == 0) {
            offBy = 0.2;
            observed.happened.rateBeyondOnePercent = true;
        }
        return 1 - offBy + 2 * offBy * random.nextDouble();
    }

    private int wallOffset() {
        if (setting.injects(Exemption.WALL_CLOCKS) && random.nextInt(3) == 0) {
            observed.happened.wallClocksTooFarApart = true;
            return random.nextInt(10 * CLOCKS_APART);
        }
        return random.nextInt(CLOCKS_APART);
    }

    private SimulatedDisk disk(String node) {
        return disks.computeIfAbsent(node, name -> new SimulatedDisk(agenda));
    }

    private void send(Envelope envelope) {
        network.send(envelope.from().nodeId(), envelope.to(), () -> {
            SimulatedProcess to = addressed(envelope);
            if (to != null) {
                to.machine.act(() -> to.member.receive(envelope));
            }
        });
    }

    /** Where two processes of a node run, either may have the link. */
    private @Nullable SimulatedProcess addressed(Envelope envelope) {
        SimulatedProcess newest = running.get(envelope.to());
        SimulatedProcess other = older.get(envelope.to());
        if (other == null) {
            return newest;
        }
        boolean isForOther = envelope.incarnation() == Envelope.ANY
                ? random.nextBoolean()
                : envelope.incarnation() == other.id.incarnation();
        return isForOther ? other : newest;
    }

    private void die(SimulatedProcess process) {
        observed.happened.floorsForgotten |= !setting.dataDirectories();
        process.machine.die();
        process.member.close();
        observed.died(process);
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
        observed.waits(process, resource, asked);
        process.locks.acquireAsync(resource, options).whenComplete((lease, refused) -> {
            observed.waitsNoMore(process);
            if (lease == null) {
                count("refused");
                log("%s is refused %s: %s", process, resource, refused.getMessage());
                think(process);
            } else {
                granted(process, lease, asked);
                long work = random.nextInt(6) == 0 ? random.nextInt(6_000) : random.nextInt(300);
                // One of the writes may come when the lease has ended long ago.
                for (int i = 0; i < 2; i++) {
                    agenda.in(
                            random.nextLong(2 * work + 1) * MILLIS,
                            () -> process.machine.act(() -> observed.write(lease)));
                }
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

    private void granted(SimulatedProcess process, Lease lease, long asked) {
        log("%s has %s", process, lease);
        observed.granted(process, lease, asked, agenda.now());
    }

    // ---- faults

    private void fault() {
        if (healed) {
            return;
        }
        for (int i = 0; i < setting.faultsPerGrant(); i++) {
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
        if (setting.rollouts() && random.nextInt(3) == 0) {
            rollOut();
            return;
        }
        switch (random.nextInt(9)) {
            case 0, 1 -> crash(node, process);
            case 8 -> startTwice(node, process);
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
        die(process);
        running.remove(node);
        forget(node);
        agenda.in(random.nextLong(2 * GRANT), () -> {
            if (!running.containsKey(node)) {
                start(node);
            }
        });
    }

    /** What a crash leaves of the data directory. */
    private void forget(String node) {
        if (setting.dataDirectories() && random.nextInt(4) == 0) {
            count("data directories lost");
            disk(node).lose();
            observed.happened.floorsForgotten = true;
        }
    }

    /** A member without a vote may run twice: its processes are different owners. A voter may not. */
    private void startTwice(String node, @Nullable SimulatedProcess process) {
        boolean injected =
                setting.injects(Exemption.TWO_LIVE_PROCESSES) || setting.injects(Exemption.FRESH_WITH_SURVIVOR);
        if (process == null
                || older.containsKey(node)
                || !injected && process.group.voters().contains(node)) {
            return;
        }
        count("started twice");
        observed.happened.twoLiveProcessesOfAVoter |= process.group.voters().contains(node);
        log("%s runs on while another process of its node starts", process);
        older.put(node, process);
        start(node);
        agenda.in(GRANT + random.nextLong(4 * GRANT), () -> {
            if (older.remove(node, process)) {
                log("%s ends", process);
                die(process);
            }
        });
    }

    /** Restarts one that does not know the list of now; when all know it and are ready, the list changes. */
    private void rollOut() {
        for (String node : nodes) {
            SimulatedProcess process = running.get(node);
            if (process != null && !rollout.knows(process.group) && process.machine.canAct()) {
                die(process);
                start(node, true);
                return;
            }
        }
        if (running.size() == nodes.size() && older.isEmpty() && rollout.isOver(running.values())) {
            rollout.settle();
            if (random.nextBoolean()) {
                rollout.next(random);
                count("rollouts");
                log("voters shall be %s", rollout.voters());
            }
        }
    }

    private void pause(@Nullable SimulatedProcess process, boolean suspended) {
        if (process == null || !process.machine.canAct()) {
            return;
        }
        if (suspended && process.machine.wasSetBack(LATELY) && !mayClocksLie()) {
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
        boolean standsStill = process != null && (!process.machine.canAct() || process.machine.hasStoodStill(LATELY));
        if (process != null && (!standsStill || mayClocksLie())) {
            count("clock steps");
            process.machine.setWallOffset(wallOffset());
        }
    }

    private boolean mayClocksLie() {
        boolean injected = setting.injects(Exemption.BOTH_CLOCKS_LIE);
        observed.happened.setBackAndStoodStill |= injected;
        return injected;
    }

    private void slow(String node) {
        count("slow links");
        String other = nodes.get(random.nextInt(nodes.size()));
        network.slow(node, other, 20);
        agenda.in(random.nextLong(2 * GRANT), () -> network.slow(node, other, 1));
    }

    private void check() {
        observed.check();
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
