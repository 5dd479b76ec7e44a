package io.coordination.benchmarks.annotation;

import com.baomidou.lock.executor.AbstractLockExecutor;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.core.SimpleLock;

/** What peers need beneath their annotation, at the least cost: one entry in a map, without expiry. */
final class InMemoryLocks {

    private InMemoryLocks() {}

    static final class Lock4jExecutor extends AbstractLockExecutor<String> {

        private final ConcurrentHashMap<String, String> held = new ConcurrentHashMap<>();

        @Override
        public String acquire(String lockKey, String lockValue, long expire, long acquireTimeout) {
            return obtainLockInstance(held.putIfAbsent(lockKey, lockValue) == null, lockValue);
        }

        @Override
        public boolean releaseLock(String key, String value, String lockInstance) {
            return held.remove(key, value);
        }
    }

    static final class ShedLockProvider implements LockProvider {

        private final ConcurrentHashMap<String, SimpleLock> held = new ConcurrentHashMap<>();

        @Override
        public Optional<SimpleLock> lock(LockConfiguration configuration) {
            String name = configuration.getName();
            SimpleLock lock = () -> held.remove(name);
            return held.putIfAbsent(name, lock) == null ? Optional.of(lock) : Optional.empty();
        }
    }
}
