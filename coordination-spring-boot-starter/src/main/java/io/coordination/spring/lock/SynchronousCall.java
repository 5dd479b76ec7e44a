package io.coordination.spring.lock;

import io.coordination.lock.Lease;
import io.coordination.lock.LeaseFrame;
import io.coordination.lock.Resource;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** A call whose work is done when the method returns. */
final class SynchronousCall implements LockedCall {

    private final RunningTransaction transaction;

    SynchronousCall(RunningTransaction transaction) {
        this.transaction = transaction;
    }

    // The resources of the statement are there for the order in which they are closed.
    @SuppressWarnings("try")
    @Override
    public @Nullable Object run(MethodInvocation invocation, LockedMethod method) throws Throwable {
        Resource resource = method.resource(invocation);
        Lease lease = Acquisition.acquire(resource, method);
        if (lease == null) {
            return method.result().skipped();
        }
        if (transaction.keeps(lease)) {
            return invocation.proceed();
        }
        try (lease;
                LeaseFrame frame = lease.enter()) {
            return invocation.proceed();
        }
    }
}
