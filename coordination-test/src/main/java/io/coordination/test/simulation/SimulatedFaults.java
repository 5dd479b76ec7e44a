package io.coordination.test.simulation;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What goes wrong in a run, until it ends. */
final class SimulatedFaults {

    private static final long MILLIS = 1_000_000;
    private static final long LATELY = 3 * SimulatedNodes.GRANT;

    private final Agenda agenda;
    private final SplittableRandom random;
    private final SimulationSetting setting;
    private final SimulatedNetwork network;
    private final SimulatedNodes nodes;
    private final Observed observed;
    private boolean ended;

    SimulatedFaults(
            Agenda agenda,
            SplittableRandom random,
            SimulationSetting setting,
            SimulatedNetwork network,
            SimulatedNodes nodes,
            Observed observed) {
        this.agenda = agenda;
        this.random = random;
        this.setting = setting;
        this.network = network;
        this.nodes = nodes;
        this.observed = observed;
    }

    void begin() {
        agenda.in(random.nextInt(1_000) * MILLIS, this::plan);
    }

    void end() {
        ended = true;
        network.heal();
        nodes.heal();
    }

    private void plan() {
        if (ended) {
            return;
        }
        for (int i = 0; i < setting.faultsPerGrant(); i++) {
            agenda.in(random.nextLong(SimulatedNodes.GRANT), this::oneFault);
        }
        agenda.in(SimulatedNodes.GRANT, this::plan);
    }

    private void oneFault() {
        if (ended) {
            return;
        }
        String node = nodes.any();
        SimulatedProcess process = nodes.running.get(node);
        if (setting.rollouts() && random.nextInt(3) == 0) {
            nodes.rollOut();
            return;
        }
        switch (random.nextInt(9)) {
            case 0, 1 -> crash(node, process);
            case 8 -> startTwice(node, process);
            case 2 -> pause(process, false);
            case 3 -> pause(process, true);
            case 4 -> cutOneWay(node, nodes.any());
            case 5 -> isolate(node);
            case 6 -> step(process);
            default -> slow(node);
        }
    }

    private void crash(String node, @Nullable SimulatedProcess process) {
        if (process == null || !process.machine.canAct()) {
            return;
        }
        observed.count("crashes");
        observed.log("%s crashes", process);
        nodes.die(process);
        nodes.running.remove(node);
        forget(node);
        agenda.in(random.nextLong(2 * SimulatedNodes.GRANT), () -> {
            if (!nodes.running.containsKey(node)) {
                nodes.start(node);
            }
        });
    }

    /** What a crash leaves of the data directory. */
    private void forget(String node) {
        if (setting.dataDirectories() && random.nextInt(4) == 0) {
            observed.count("data directories lost");
            nodes.disk(node).lose();
            observed.happened.floorsForgotten = true;
        }
    }

    /** A member without a vote may run twice: its processes are different owners. A voter may not. */
    private void startTwice(String node, @Nullable SimulatedProcess process) {
        boolean injected =
                setting.injects(Exemption.TWO_LIVE_PROCESSES) || setting.injects(Exemption.FRESH_WITH_SURVIVOR);
        if (process == null
                || nodes.older.containsKey(node)
                || !injected && process.group.voters().contains(node)) {
            return;
        }
        observed.count("started twice");
        observed.happened.twoLiveProcessesOfAVoter |= process.group.voters().contains(node);
        observed.log("%s runs on while another process of its node starts", process);
        nodes.older.put(node, process);
        nodes.start(node);
        agenda.in(SimulatedNodes.GRANT + random.nextLong(4 * SimulatedNodes.GRANT), () -> {
            if (nodes.older.remove(node, process)) {
                observed.log("%s ends", process);
                nodes.die(process);
            }
        });
    }

    private void pause(@Nullable SimulatedProcess process, boolean suspended) {
        if (process == null || !process.machine.canAct()) {
            return;
        }
        if (suspended && process.machine.wasSetBack(LATELY) && !mayClocksLie()) {
            return;
        }
        long length = random.nextLong(SimulatedNodes.GRANT + SimulatedNodes.GRANT / 2);
        observed.count(suspended ? "suspensions" : "pauses");
        observed.log("%s is %s for %s ms", process, suspended ? "suspended" : "paused", length / MILLIS);
        process.machine.stop();
        agenda.in(length, () -> {
            if (!process.machine.canAct() && nodes.running.get(process.id.nodeId()) == process) {
                observed.log("%s goes on", process);
                process.machine.resume(suspended ? length : 0);
            }
        });
    }

    private void cutOneWay(String from, String to) {
        observed.count("one-way cuts");
        observed.log("%s does not reach %s", from, to);
        network.cut(from, to);
        agenda.in(random.nextLong(3 * SimulatedNodes.GRANT), () -> network.mend(from, to));
    }

    private void isolate(String node) {
        observed.count("isolations");
        observed.log("%s is isolated", node);
        for (String other : nodes.names) {
            network.cut(node, other);
            network.cut(other, node);
        }
        agenda.in(random.nextLong(3 * SimulatedNodes.GRANT), () -> {
            for (String other : nodes.names) {
                network.mend(node, other);
                network.mend(other, node);
            }
        });
    }

    private void step(@Nullable SimulatedProcess process) {
        boolean standsStill = process != null && (!process.machine.canAct() || process.machine.hasStoodStill(LATELY));
        if (process != null && (!standsStill || mayClocksLie())) {
            observed.count("clock steps");
            process.machine.setWallOffset(nodes.wallOffset());
        }
    }

    private boolean mayClocksLie() {
        boolean injected = setting.injects(Exemption.BOTH_CLOCKS_LIE);
        observed.happened.setBackAndStoodStill |= injected;
        return injected;
    }

    private void slow(String node) {
        observed.count("slow links");
        String other = nodes.any();
        network.slow(node, other, 20);
        agenda.in(random.nextLong(2 * SimulatedNodes.GRANT), () -> network.slow(node, other, 1));
    }
}
