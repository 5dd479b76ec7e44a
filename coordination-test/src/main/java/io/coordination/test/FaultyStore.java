package io.coordination.test;

import io.coordination.lock.AcquireAnswer;
import io.coordination.lock.LeaseRequest;
import io.coordination.lock.LeaseStore;
import io.coordination.lock.ReleaseAnswer;
import io.coordination.lock.RenewAnswer;
import io.coordination.lock.Resource;
import io.coordination.lock.Ticket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A store in front of another, which fails when told to. Safe for any thread. */
public final class FaultyStore implements LeaseStore {

    /** How a call fails. */
    public enum Fault {
        /** It is passed on and answered. */
        NONE,
        /** It never reaches the store; the answer is unknown. */
        REQUEST_LOST,
        /** The store does it; the answer is unknown all the same. */
        REPLY_LOST,
        /** It throws, which a store must not, and does nothing. */
        THROWS,
        /** It does nothing and never answers, which a store must not either. */
        SILENT
    }

    private final LeaseStore target;
    private final AtomicInteger acquisitions = new AtomicInteger();
    private final AtomicInteger renewals = new AtomicInteger();
    private final AtomicInteger releases = new AtomicInteger();
    private volatile Fault onAcquire = Fault.NONE;
    private volatile Fault onRenew = Fault.NONE;
    private volatile Fault onRelease = Fault.NONE;

    public FaultyStore(LeaseStore target) {
        this.target = target;
    }

    public void onAcquire(Fault fault) {
        onAcquire = fault;
    }

    public void onRenew(Fault fault) {
        onRenew = fault;
    }

    public void onRelease(Fault fault) {
        onRelease = fault;
    }

    public int acquisitions() {
        return acquisitions.get();
    }

    public int renewals() {
        return renewals.get();
    }

    public int releases() {
        return releases.get();
    }

    @Override
    public void acquire(LeaseRequest request, Consumer<? super AcquireAnswer> reply) {
        acquisitions.incrementAndGet();
        FaultyStore.<AcquireAnswer>inject(
                onAcquire, out -> target.acquire(request, out), reply, new AcquireAnswer.Unknown(cause()));
    }

    @Override
    public void renew(LeaseRequest request, Consumer<? super RenewAnswer> reply) {
        renewals.incrementAndGet();
        FaultyStore.<RenewAnswer>inject(
                onRenew, out -> target.renew(request, out), reply, new RenewAnswer.Unknown(cause()));
    }

    @Override
    public void release(Resource resource, Ticket ticket, Consumer<? super ReleaseAnswer> reply) {
        releases.incrementAndGet();
        FaultyStore.<ReleaseAnswer>inject(
                onRelease, out -> target.release(resource, ticket, out), reply, new ReleaseAnswer.Unknown(cause()));
    }

    private static <A> void inject(
            Fault fault, Consumer<Consumer<? super A>> call, Consumer<? super A> reply, A unknown) {
        switch (fault) {
            case NONE -> call.accept(reply);
            case REQUEST_LOST -> reply.accept(unknown);
            case REPLY_LOST -> call.accept(answer -> reply.accept(unknown));
            case THROWS -> throw new IllegalStateException("injected: the store throws");
            case SILENT -> {}
        }
    }

    private static Throwable cause() {
        return new IllegalStateException("injected: the store does not answer");
    }
}
