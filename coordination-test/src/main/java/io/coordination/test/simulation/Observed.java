package io.coordination.test.simulation;

import io.coordination.lock.Lease;
import io.coordination.lock.LeaseState;
import io.coordination.lock.Resource;
import io.coordination.test.FencedMutexHistory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What callers have seen, and what must hold of it: nobody holds what another holds, each by its own judgement; tokens rise in
 * the order of the grants; a fenced register is never written by two leases with one token; some order explains it all.
 */
final class Observed {

    /** Of what clocks differ by: a request later than another by more may not go before it, unless something goes wrong. */
    private static final long CLOCKS_APART = 1_000_000_000L;

    final Exemption.Happened happened = new Exemption.Happened();
    final Map<String, Integer> counts = new TreeMap<>();

    private final Map<SimulatedProcess, List<Lease>> held = new LinkedHashMap<>();
    private final Map<SimulatedProcess, Wait> waiting = new LinkedHashMap<>();
    private final Map<Resource, Long> lastToken = new HashMap<>();
    private final Map<Resource, FencedMutexHistory> histories = new HashMap<>();
    private final Map<Resource, FencedRegister> registers = new HashMap<>();
    private @Nullable String violation;

    private final Agenda agenda;
    private final @Nullable StringBuilder trace;

    Observed(Agenda agenda, boolean traced) {
        this.agenda = agenda;
        this.trace = traced ? new StringBuilder() : null;
    }

    private record Wait(Resource resource, long since) {}

    // ---- what happens

    void started(SimulatedProcess process) {
        held.put(process, new ArrayList<>());
    }

    void died(SimulatedProcess process) {
        held.remove(process);
        waiting.remove(process);
    }

    void waits(SimulatedProcess process, Resource resource) {
        waiting.put(process, new Wait(resource, agenda.now()));
    }

    void waitsNoMore(SimulatedProcess process) {
        waiting.remove(process);
    }

    void granted(SimulatedProcess process, Lease lease, long asked) {
        count("grants");
        log("%s has %s", process, lease);
        history(lease.resource()).granted(lease.token(), asked, agenda.now());
        List<Lease> leases = held.get(process);
        if (leases != null) {
            leases.add(lease);
        }
        if (waiting.values().stream()
                .anyMatch(wait -> wait.resource().equals(lease.resource()) && wait.since() < asked - CLOCKS_APART)) {
            count("out of order");
        }
        Long last = lastToken.put(lease.resource(), lease.token().value());
        if (last != null && last >= lease.token().value()) {
            excusedOr(
                    happened.allowsFallingTokens(),
                    "tokens that fell",
                    "the token of " + lease.resource() + " does not rise: " + lease.token() + " of " + process
                            + " after " + last);
        }
    }

    /** A lease that was lost before is not released by closing it: its outcome stays open. */
    void close(Lease lease) {
        boolean isHeld = lease.state() == LeaseState.HELD || lease.state() == LeaseState.AT_RISK;
        lease.close();
        if (isHeld) {
            history(lease.resource()).released(lease.token(), agenda.now(), agenda.now());
        }
    }

    void write(Lease lease) {
        boolean accepted = registers
                .computeIfAbsent(lease.resource(), name -> new FencedRegister())
                .write(lease);
        count(accepted ? "writes" : "writes fenced off");
    }

    void violated(String what) {
        // What happens in callbacks cannot throw through those who call them.
        if (violation == null) {
            violation = what;
        }
    }

    // ---- what must hold

    void check() {
        Map<Resource, Lease> holders = new HashMap<>();
        held.forEach((process, leases) -> {
            if (process.machine.canAct()) {
                leases.removeIf(lease -> isOver(lease, holders));
            }
        });
        if (violation != null) {
            throw new SimulationViolation(violation);
        }
    }

    private boolean isOver(Lease lease, Map<Resource, Lease> holders) {
        LeaseState state = lease.state();
        if (state == LeaseState.LOST) {
            count("lost");
        }
        if (state == LeaseState.LOST || state == LeaseState.RELEASED) {
            return true;
        }
        Lease other = holders.put(lease.resource(), lease);
        if (other != null && !other.token().equals(lease.token())) {
            excusedOr(happened.allowsTwoHolders(), "two holders", "two holders: " + other + " and " + lease);
        }
        return false;
    }

    void finish() {
        for (Exemption exemption : Exemption.values()) {
            if (exemption.holds(happened)) {
                count("runs with " + exemption);
            }
        }
        if (happened.allowsTwoHolders() || happened.allowsFallingTokens()) {
            return;
        }
        histories.forEach((resource, history) -> {
            String objection = history.objection();
            if (objection != null) {
                throw new SimulationViolation("no order explains what callers saw of " + resource + ": " + objection);
            }
        });
    }

    private void excusedOr(boolean excused, String what, String words) {
        if (excused) {
            count(what + ", not guaranteed");
        } else {
            violated(words);
        }
    }

    private FencedMutexHistory history(Resource resource) {
        return histories.computeIfAbsent(resource, name -> new FencedMutexHistory());
    }

    void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    void log(String format, @Nullable Object... what) {
        if (trace != null) {
            trace.append(String.format("%,12d ms  ", agenda.now() / 1_000_000))
                    .append(String.format(format, what))
                    .append('\n');
        }
    }

    String trace() {
        return trace == null ? "" : trace.toString();
    }
}
