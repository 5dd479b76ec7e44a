package io.coordination.test.simulation;

/** Something that must hold did not. */
public final class SimulationViolation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SimulationViolation(String what) {
        super(what);
    }
}
