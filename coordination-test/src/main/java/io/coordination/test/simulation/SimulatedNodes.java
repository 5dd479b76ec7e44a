package io.coordination.test.simulation;

import io.coordination.ProcessId;
import io.coordination.channel.MalformedMessageException;
import io.coordination.peer.Envelope;
import io.coordination.peer.PeerGroup;
import io.coordination.peer.PeerWire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The nodes of a run: which processes run on them, their clocks, and what outlives their crashes. */
final class SimulatedNodes {

    static final long GRANT = 2_000_000_000L;

    /** By how much wall clocks differ at most, of the second that is agreed on: the rest is for hybrid clocks that lead. */
    private static final int CLOCKS_APART = 900_000;

    final List<String> names = new ArrayList<>();

    /** The newest process of each node. */
    final Map<String, SimulatedProcess> running = new LinkedHashMap<>();

    /** Processes of nodes on which a newer one runs as well. */
    final Map<String, SimulatedProcess> older = new LinkedHashMap<>();

    private final Agenda agenda;
    private final SplittableRandom random;
    private final SimulationSetting setting;
    private final SimulatedNetwork network;
    private final Observed observed;
    private final Rollout rollout;
    private final Consumer<SimulatedProcess> whenStarted;
    private final Map<String, Long> incarnations = new HashMap<>();
    private final Map<String, SimulatedDisk> disks = new HashMap<>();

    /** @param whenStarted lets a process do what it is there for */
    SimulatedNodes(
            Agenda agenda,
            SplittableRandom random,
            SimulationSetting setting,
            SimulatedNetwork network,
            Observed observed,
            Consumer<SimulatedProcess> whenStarted) {
        this.agenda = agenda;
        this.random = random;
        this.setting = setting;
        this.network = network;
        this.observed = observed;
        this.whenStarted = whenStarted;
        int mostVoters = setting.rollouts() ? 5 : setting.voters();
        for (int i = 1; i <= mostVoters; i++) {
            names.add("voter-" + i);
        }
        this.rollout = new Rollout(List.copyOf(names), setting.voters());
        for (int i = 1; i <= setting.workers(); i++) {
            names.add("worker-" + i);
        }
    }

    String any() {
        return names.get(random.nextInt(names.size()));
    }

    // ---- processes

    /** With the list of voters of now, or the one it had. */
    void start(String node) {
        start(node, random.nextBoolean());
    }

    /** @param rollsOut whether it is given the list of voters of now */
    void start(String node, boolean rollsOut) {
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
        observed.log("%s starts", process);
        whenStarted.accept(process);
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

    int wallOffset() {
        if (setting.injects(Exemption.WALL_CLOCKS) && random.nextInt(3) == 0) {
            observed.happened.wallClocksTooFarApart = true;
            return random.nextInt(10 * CLOCKS_APART);
        }
        return random.nextInt(CLOCKS_APART);
    }

    SimulatedDisk disk(String node) {
        return disks.computeIfAbsent(node, name -> new SimulatedDisk(agenda));
    }

    private void send(Envelope envelope) {
        network.send(envelope.from().nodeId(), envelope.to(), () -> {
            Envelope arrived = asBytes(envelope);
            SimulatedProcess to = addressed(arrived);
            if (to != null) {
                to.machine.act(() -> to.member.receive(arrived));
            }
        });
    }

    /** As it is sent between machines. */
    private static Envelope asBytes(Envelope envelope) {
        try {
            return PeerWire.decode(envelope.from(), envelope.to(), PeerWire.encode(envelope));
        } catch (MalformedMessageException e) {
            throw new SimulationViolation("A message cannot be sent: " + e.getMessage() + " " + envelope);
        }
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

    void die(SimulatedProcess process) {
        observed.happened.floorsForgotten |= !setting.dataDirectories();
        process.machine.die();
        process.member.close();
        observed.died(process);
    }

    // ---- the list of voters

    /** Restarts one that does not know the list of now; when all know it and are ready, the list changes. */
    void rollOut() {
        for (SimulatedProcess process : List.copyOf(running.values())) {
            if (!rollout.knows(process.group) && process.machine.canAct()) {
                die(process);
                start(process.id.nodeId(), true);
                return;
            }
        }
        if (running.size() == names.size() && older.isEmpty() && rollout.isOver(running.values())) {
            rollout.settle();
            if (random.nextBoolean()) {
                rollout.next(random);
                observed.count("rollouts");
                observed.log("voters shall be %s", rollout.voters());
            }
        }
    }

    /** One process on each node, which can act and knows the list of now. */
    void heal() {
        older.values().forEach(this::die);
        older.clear();
        for (String node : names) {
            SimulatedProcess process = running.get(node);
            if (process != null && rollout.knows(process.group)) {
                if (!process.machine.canAct()) {
                    process.machine.resume(0);
                }
                continue;
            }
            if (process != null) {
                die(process);
            }
            start(node, true);
        }
    }
}
