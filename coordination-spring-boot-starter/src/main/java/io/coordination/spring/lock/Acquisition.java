package io.coordination.spring.lock;

import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.Lease;
import io.coordination.lock.Resource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the lease of a call on the calling thread, which waits. */
final class Acquisition {

    private static final Logger log = LoggerFactory.getLogger("io.coordination.lock");

    private Acquisition() {}

    /** The lease; null if the call is to be skipped. */
    static @Nullable Lease acquire(Resource resource, LockedMethod method) throws InterruptedException {
        DistributedLockManager locks = method.locks().get();
        try {
            if (!method.skips()) {
                return locks.acquire(resource, method.options());
            }
            Lease lease = locks.tryAcquire(resource, method.options()).orElse(null);
            if (lease == null) {
                logSkipped(resource, method);
            }
            return lease;
        } catch (InterruptedException interrupted) {
            if (declaresInterruption(method)) {
                throw interrupted;
            }
            Thread.currentThread().interrupt();
            throw new LockWaitInterruptedException(resource, method.method(), interrupted);
        }
    }

    static void logSkipped(Resource resource, LockedMethod method) {
        log.debug("{} was skipped: others hold the lock {}", method.method(), resource);
    }

    private static boolean declaresInterruption(LockedMethod method) {
        return List.of(method.method().getExceptionTypes()).stream()
                .anyMatch(type -> type.isAssignableFrom(InterruptedException.class));
    }
}
