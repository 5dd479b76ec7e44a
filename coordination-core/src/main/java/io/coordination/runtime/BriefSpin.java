package io.coordination.runtime;

import java.util.function.BooleanSupplier;

/** Waiting for so short a time that parking the thread and waking it up would take longer. */
public final class BriefSpin {

    /** A few microseconds. */
    private static final int MOST = 200;

    private static final boolean USEFUL = Runtime.getRuntime().availableProcessors() > 1;

    private BriefSpin() {}

    /** Asks until {@code done} says yes, or for a few microseconds; once where there is one processor only. True if it said yes. */
    public static boolean until(BooleanSupplier done) {
        for (int i = 0; USEFUL && i < MOST; i++) {
            if (done.getAsBoolean()) {
                return true;
            }
            Thread.onSpinWait();
        }
        return done.getAsBoolean();
    }
}
