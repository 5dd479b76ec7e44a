package io.coordination.spring.autoconfigure;

import io.coordination.ProcessId;
import io.coordination.peer.DataDirectory;
import io.coordination.runtime.Callbacks;
import io.coordination.runtime.SystemScheduler;
import io.coordination.time.HybridClock;
import io.coordination.time.Scheduler;
import io.coordination.time.TimeSource;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * This run of this instance: what its channel, its vote and its lock manager have in common.
 *
 * @param clock from which tickets and token bases come
 * @param scheduler on the scale of the application's time source
 * @param directory null if the configuration names none
 */
record OwnProcess(
        ProcessId id,
        HybridClock clock,
        Scheduler scheduler,
        @Nullable DataDirectory directory) implements AutoCloseable {

    static OwnProcess begin(String node, @Nullable String dataDirectory, TimeSource time) {
        long wallMillis = time.now().micros() / 1_000;
        DataDirectory directory = null;
        long incarnation = wallMillis;
        if (StringUtils.hasText(dataDirectory)) {
            directory = new DataDirectory(Path.of(dataDirectory), node, Callbacks.defaultExecutor());
            incarnation = directory.nextIncarnation(wallMillis);
        }
        return new OwnProcess(
                new ProcessId(node, incarnation), new HybridClock(), new SystemScheduler(time), directory);
    }

    @Override
    public void close() {
        scheduler.close();
        if (directory != null) {
            directory.close();
        }
    }
}
