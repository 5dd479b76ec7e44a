package io.coordination.stomp;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The pipes of one side of a transport, from when they open until their end was told.
 *
 * <p>Threads: any.
 */
final class OpenPipes {

    private final Set<StompPipe> pipes = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** From now on it is closed with the others. */
    void add(StompPipe pipe) {
        pipes.add(pipe);
        if (closed) {
            pipe.close();
        }
        var unused = pipe.end().whenComplete((told, never) -> pipes.remove(pipe));
    }

    /** Says goodbye on all of them, waits a moment for the answers, and cuts the rest. */
    void close() {
        closed = true;
        List<StompPipe> open = List.copyOf(pipes);
        open.forEach(StompPipe::close);
        try {
            CompletableFuture.allOf(open.stream().map(StompPipe::end).toArray(CompletableFuture<?>[]::new))
                    .get(Limits.FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            open.forEach(pipe -> pipe.broken("closed here"));
        } catch (InterruptedException e) {
            open.forEach(pipe -> pipe.broken("closed here"));
            Thread.currentThread().interrupt();
        }
    }
}
