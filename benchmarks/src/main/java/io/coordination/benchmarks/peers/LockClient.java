package io.coordination.benchmarks.peers;

import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Of whatever hands out {@link Lock}s by name. */
final class LockClient implements Locks.Client {

    private final Function<String, Lock> locks;
    private @Nullable Lock held;

    LockClient(Function<String, Lock> locks) {
        this.locks = locks;
    }

    @Override
    @SuppressWarnings("LockNotBeforeTry") // giving back is another call
    public void take(String name) {
        Lock lock = locks.apply(name);
        lock.lock();
        held = lock;
    }

    @Override
    public void giveBack() {
        Lock lock = held;
        if (lock != null) {
            lock.unlock();
        }
    }
}
