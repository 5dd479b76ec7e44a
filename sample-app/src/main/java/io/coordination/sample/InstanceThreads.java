package io.coordination.sample;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * All threads of one instance: those it starts with, and those that are started by these. Where several instances are in one
 * JVM, this tells which of them speaks.
 */
final class InstanceThreads extends ThreadGroup {

    InstanceThreads(String instance) {
        super(instance);
    }

    /** The name of the instance that the thread which asks belongs to; a dash if it belongs to none. */
    static String current() {
        return Thread.currentThread().getThreadGroup() instanceof InstanceThreads instance ? instance.getName() : "-";
    }

    /** Does something on a new thread of the instance, and returns what comes of it. */
    <T> T call(Callable<T> start) throws InterruptedException {
        var result = new FutureTask<>(start);
        new Thread(this, result, getName()).start();
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The instance \"" + getName() + "\" did not start.", e.getCause());
        }
    }
}
