package io.coordination.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Where callbacks of users run if they name no executor. */
public final class Callbacks {

    private Callbacks() {}

    /** The executor that the JDK uses for asynchronous stages: the common pool, or a thread per task on one core. */
    public static Executor defaultExecutor() {
        return new CompletableFuture<Void>().defaultExecutor();
    }
}
