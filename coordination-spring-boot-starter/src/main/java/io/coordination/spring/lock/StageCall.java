package io.coordination.spring.lock;

import io.coordination.lock.Lease;
import io.coordination.lock.LeaseFrame;
import io.coordination.lock.LeaseLostException;
import io.coordination.lock.OnLost;
import java.util.concurrent.CompletionStage;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** A call whose work is done when the returned stage completes. The thread that calls waits for the lock. */
final class StageCall implements LockedCall {

    private final RunningTransaction transaction;

    StageCall(RunningTransaction transaction) {
        this.transaction = transaction;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // it goes to the caller of the method
    public @Nullable Object run(MethodInvocation invocation, LockedMethod method) throws Throwable {
        Lease lease = Acquisition.acquire(method.resource(invocation), method);
        if (lease == null) {
            return method.result().skipped();
        }
        CompletionStage<?> stage;
        try {
            stage = proceed(invocation, lease);
        } catch (Throwable failure) {
            lease.close();
            throw failure;
        }
        if (stage == null) {
            lease.close();
            return null;
        }
        return LockedFuture.of(stage, lease, method.options().onLost() == OnLost.INTERRUPT);
    }

    private @Nullable CompletionStage<?> proceed(MethodInvocation invocation, Lease lease) throws Throwable {
        keepForTransaction(lease);
        LeaseFrame frame = lease.enter();
        CompletionStage<?> stage;
        try {
            stage = (CompletionStage<?>) invocation.proceed();
        } catch (Throwable failure) {
            try {
                frame.close();
            } catch (LeaseLostException lost) {
                failure.addSuppressed(lost);
            }
            throw failure;
        }
        try {
            frame.close();
        } catch (LeaseLostException lost) {
            if (stage == null) {
                throw lost;
            }
            // The work goes on; the stage that is returned reports the loss when it ends.
        }
        return stage;
    }

    /** A second handle on the same grant: the lock is free when both the stage and the transaction have completed. */
    private void keepForTransaction(Lease lease) {
        Lease second = lease.reenter();
        if (!transaction.keeps(second)) {
            second.close();
        }
    }
}
