package io.coordination.test.simulation;

import io.coordination.peer.TokenCeiling;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The data directory of one node. It outlives processes; what a process is writing when it dies is lost. */
final class SimulatedDisk {

    private static final long WRITING = 3_000_000;

    private final Agenda agenda;
    private long stored;

    SimulatedDisk(Agenda agenda) {
        this.agenda = agenda;
    }

    /** As one process of the node sees it. */
    TokenCeiling of(SimulatedMachine machine) {
        return new TokenCeiling() {
            @Override
            public long stored() {
                return stored;
            }

            @Override
            public CompletionStage<?> raise(long ceiling) {
                CompletableFuture<Void> done = new CompletableFuture<>();
                agenda.in(
                        WRITING,
                        () -> machine.act(() -> {
                            stored = Math.max(stored, ceiling);
                            done.complete(null);
                        }));
                return done;
            }
        };
    }

    void lose() {
        stored = 0;
    }
}
