package io.coordination.test.simulation;

import io.coordination.lock.LockOptions;
import io.coordination.lock.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Managers over a majority of peers, under everything that can go wrong; then the faults stop, and everybody must be served.
 * One seed decides everything, the mix of faults included. What must hold after each event: see {@link Observed}.
 */
public final class PeerSimulation {

    private static final long MILLIS = 1_000_000;
    private static final long GRANT = SimulatedNodes.GRANT;
    private static final long FAULTY_TIME = 40 * GRANT;

    /** Everybody, one after another, with the leases of the dead running out before. */
    private static final long HEALED_TIME = 60 * GRANT;

    /** Voters keep what nobody wants for up to four times the difference of clocks, and a lease length runs out before. */
    private static final long DRAINED_TIME = 4 * GRANT;

    private static final List<Resource> RESOURCES = List.of(Resource.named("report"), Resource.of("seat", "1"));

    private final SplittableRandom random;
    private final Agenda agenda = new Agenda();
    private final SimulatedNetwork network;
    private final Observed observed;
    private final SimulatedNodes nodes;
    private final SimulatedFaults faults;
    private boolean healed;
    private int unserved;

    public PeerSimulation(long seed, boolean traced) {
        this.random = new SplittableRandom(seed);
        SimulationSetting setting = SimulationSetting.draw(random);
        this.observed = new Observed(agenda, traced);
        observed.happened.fresh = setting.fresh();
        observed.log("%s", setting);
        this.network = new SimulatedNetwork(
                agenda, random.split(), setting.loss(), setting.doubling(), MILLIS * setting.delayMillis());
        this.nodes = new SimulatedNodes(agenda, random.split(), setting, network, observed, this::think);
        this.faults = new SimulatedFaults(agenda, random.split(), setting, network, nodes, observed);
    }

    /** Runs to the end; throws a {@link SimulationViolation} at the event after which something did not hold. */
    public void run() {
        nodes.names.forEach(nodes::start);
        faults.begin();
        until(FAULTY_TIME);
        heal();
        observed.finish();
    }

    /** How often what happened. */
    public Map<String, Integer> counts() {
        observed.counts.put("messages", (int) network.messages());
        observed.counts.put("simulated seconds", (int) (agenda.now() / (1_000 * MILLIS)));
        return observed.counts;
    }

    /** What happened, as text; empty unless it was to be traced. */
    public String trace() {
        return observed.trace();
    }

    // ---- phases

    private void until(long end) {
        while (agenda.next(end)) {
            observed.check();
        }
    }

    private void heal() {
        healed = true;
        observed.log("the faults stop");
        faults.end();
        for (SimulatedProcess process : List.copyOf(nodes.running.values())) {
            for (Resource resource : RESOURCES) {
                unserved++;
                serveOnce(process, resource);
            }
        }
        long end = agenda.now() + HEALED_TIME;
        while (unserved > 0 && agenda.next(end)) {
            observed.check();
        }
        if (unserved > 0) {
            throw new SimulationViolation(unserved + " were not served within " + HEALED_TIME / GRANT
                    + " lease lengths after the faults had stopped");
        }
        until(agenda.now() + DRAINED_TIME);
        nodes.running.values().forEach(PeerSimulation::requireNothingLeft);
    }

    private static void requireNothingLeft(SimulatedProcess process) {
        if (!process.locks.locks().isEmpty() || process.member.claims() > 0 || process.member.records() > 0) {
            throw new SimulationViolation(process + " has something left: " + process.locks.locks() + ", "
                    + process.member.claims() + " claims, " + process.member.records() + " records");
        }
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
            observed.granted(process, lease, asked);
            agenda.in(5 * MILLIS, () -> process.machine.act(() -> observed.close(lease)));
        });
    }

    // ---- what processes are there for

    private void think(SimulatedProcess process) {
        if (healed) {
            return;
        }
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
        observed.log("%s wants %s", process, resource);
        long asked = agenda.now();
        observed.waits(process, resource);
        process.locks.acquireAsync(resource, options).whenComplete((lease, refused) -> {
            observed.waitsNoMore(process);
            if (lease == null) {
                observed.count("refused");
                observed.log("%s is refused %s: %s", process, resource, refused.getMessage());
                think(process);
            } else {
                observed.granted(process, lease, asked);
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
                            observed.log("%s releases %s", process, lease);
                            lease.close();
                            think(process);
                        }));
            }
        });
    }
}
