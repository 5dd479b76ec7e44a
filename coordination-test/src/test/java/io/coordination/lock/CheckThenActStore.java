package io.coordination.lock;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A store with the fault that {@link LocalLeaseStore} avoids: it looks first and acts then. Right for one thread; two that look
 * at the same time both get the lease.
 */
final class CheckThenActStore implements LeaseStore, WakeUps {

    private final Map<Resource, Ticket> owners = new ConcurrentHashMap<>();
    private final AtomicLong bases = new AtomicLong();
    private final List<Consumer<? super Resource>> listeners = new CopyOnWriteArrayList<>();

    @Override
    public void acquire(LeaseRequest request, Consumer<? super AcquireAnswer> reply) {
        Ticket owner = owners.get(request.resource());
        if (owner == null || owner.equals(request.ticket())) {
            owners.put(request.resource(), request.ticket());
            reply.accept(new AcquireAnswer.Granted(bases.incrementAndGet(), request.sentAt(), true));
        } else {
            reply.accept(new AcquireAnswer.Busy(request.lease(), null));
        }
    }

    @Override
    public void renew(LeaseRequest request, Consumer<? super RenewAnswer> reply) {
        reply.accept(new RenewAnswer.NotHeld());
    }

    @Override
    public void release(Resource resource, Ticket ticket, Consumer<? super ReleaseAnswer> reply) {
        owners.remove(resource, ticket);
        reply.accept(new ReleaseAnswer.Released());
        listeners.forEach(listener -> listener.accept(resource));
    }

    @Override
    public Subscription subscribe(Consumer<? super Resource> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
