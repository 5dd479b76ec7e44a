package io.coordination.runtime;

import io.coordination.time.Scheduler;
import io.coordination.time.TimeSource;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A scheduler on one daemon thread, which exists only while there is something to wait for and for a few seconds after. A
 * platform thread, so that a crowded pool or a pinned carrier cannot keep leases from being renewed.
 */
public final class SystemScheduler implements Scheduler {

    private static final Logger log = LoggerFactory.getLogger("io.coordination.runtime");

    private static final long IDLE_SECONDS = 10;

    private final TimeSource time;
    private final ScheduledThreadPoolExecutor executor;

    /** Uses the scale of {@code time}. */
    public SystemScheduler(TimeSource time) {
        this.time = time;
        this.executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "coordination-timer");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
    }

    @Override
    public Scheduled at(long nanos, Runnable task) {
        long delay = Math.max(0, nanos - time.now().nanos());
        try {
            ScheduledFuture<?> future = executor.schedule(() -> run(task), delay, TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException closed) {
            return () -> {};
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.error("A scheduled task failed; later ones go on. Please report this as a bug.", e);
        }
    }
}
