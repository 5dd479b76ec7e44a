package io.coordination.spring.lock;

import io.coordination.annotation.WhenBusy;
import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.LockOptions;
import io.coordination.lock.Resource;
import java.lang.reflect.Method;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInvocation;

/**
 * Everything about an annotated method that does not change from call to call.
 *
 * @param method the method of the target class
 * @param name of its lock
 * @param key which resource of that name a call is about
 * @param options how to take and hold the lease
 * @param whenBusy what happens when the lease is not obtained because others hold it
 * @param result what the method returns
 * @param locks the manager, looked up at the first call
 */
record LockedMethod(
        Method method,
        String name,
        LockKey key,
        LockOptions options,
        WhenBusy whenBusy,
        ReturnType result,
        Supplier<DistributedLockManager> locks) {

    Resource resource(MethodInvocation invocation) {
        return key.resource(invocation);
    }

    boolean skips() {
        return whenBusy == WhenBusy.SKIP;
    }
}
