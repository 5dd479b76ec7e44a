package io.coordination.peer;

import io.coordination.ProcessId;
import io.coordination.lock.AcquireAnswer;
import io.coordination.lock.LeaseRequest;
import io.coordination.lock.LeaseStore;
import io.coordination.lock.ReleaseAnswer;
import io.coordination.lock.RenewAnswer;
import io.coordination.lock.Resource;
import io.coordination.lock.Ticket;
import io.coordination.lock.WakeUps;
import io.coordination.time.Moment;
import io.coordination.time.Scheduler;
import io.coordination.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store in which a majority of voters grants: one process of the group, with its vote if it is a voter. Messages go out
 * through the network it is given and come in by {@link #receive}; they may be lost, late, doubled and reordered. Safe for any
 * thread; no call blocks. Steps are taken one at a time; replies, hints and messages leave after the step, in order.
 */
public final class PeerLeaseStore implements LeaseStore, WakeUps, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger("io.coordination.peer");

    private final ProcessId self;
    private final PeerGroup group;
    private final long fingerprint;
    private final TimeSource time;
    private final Scheduler scheduler;
    private final Consumer<? super Envelope> network;
    private final List<Consumer<? super Resource>> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final PeerNode node;

    /** Said to the own node inside a step, and heard before it ends. */
    private final Queue<Envelope> toSelf = new ArrayDeque<>();

    private final Queue<Runnable> effects = new ArrayDeque<>();
    private boolean leaving;
    private long timerSetFor = Timers.NEVER;
    private Scheduler.@Nullable Scheduled timer;
    private boolean closed;

    PeerLeaseStore(PeerLeaseStoreBuilder from) {
        this.self = from.self;
        this.group = from.group;
        this.fingerprint = group.fingerprint();
        this.time = from.time;
        this.scheduler = from.scheduler;
        this.network = from.network;
        Rules rules = new Rules();
        Membership member = Membership.of(self, group, from.times, rules, this::send);
        this.node = new PeerNode(
                member,
                from.clock,
                from.way(rules),
                ceiling(from.tokenCeiling, group),
                resource -> effects.add(() -> listeners.forEach(listener -> listener.accept(resource))),
                time.now());
    }

    /**
     * Reads from the other voters; to be called when the network can take messages. Until it has read what they know, or has
     * waited for as long as anything it may have granted before can last, a voter grants nothing.
     */
    public void start() {
        step(node::tick);
    }

    @Override
    public void acquire(LeaseRequest request, Consumer<? super AcquireAnswer> reply) {
        if (!step(now -> node.acquire(request, answer -> effects.add(() -> reply.accept(answer)), now))) {
            reply.accept(new AcquireAnswer.Unknown(closed(request.resource())));
        }
    }

    @Override
    public void renew(LeaseRequest request, Consumer<? super RenewAnswer> reply) {
        if (!step(now -> node.renew(request, answer -> effects.add(() -> reply.accept(answer)), now))) {
            reply.accept(new RenewAnswer.Unknown(closed(request.resource())));
        }
    }

    @Override
    public void release(Resource resource, Ticket ticket, Consumer<? super ReleaseAnswer> reply) {
        step(now -> node.release(resource, ticket, null, now));
        // What is lost of it on the way, voters find out when somebody wants the resource: they ask, and are told
        // again.
        reply.accept(new ReleaseAnswer.Released());
    }

    @Override
    public Duration longestLease() {
        return group.longestGrant();
    }

    @Override
    public Subscription subscribe(Consumer<? super Resource> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** What another process, or this one, has said. */
    public void receive(Envelope envelope) {
        step(now -> node.receive(envelope, now));
    }

    /** What this process may do now. */
    public PeerState state() {
        return locked(node::state);
    }

    /** Why voters do not listen to this process, in their own words, by node id; empty when all is well. */
    public Map<String, String> refusals() {
        return locked(node::refusals);
    }

    /** How many resources this process wants or holds. */
    public int claims() {
        return locked(() -> node.requester().size());
    }

    /** How many resources its vote has in mind; none without a vote. At most 1,000,000: further ones are refused. */
    public int records() {
        return locked(() -> {
            Voter voter = node.voter();
            return voter == null ? 0 : voter.size();
        });
    }

    /** Says nothing any more. What it holds runs out. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (timer != null) {
                timer.cancel();
            }
        } finally {
            lock.unlock();
        }
    }

    // ---- one step at a time

    /** Says whether it was taken; a member that is closed takes none. */
    private boolean step(Consumer<Moment> step) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            step.accept(time.now());
            for (Envelope own = toSelf.poll(); own != null; own = toSelf.poll()) {
                node.receive(own, time.now());
            }
            setTimer(node.due());
            if (leaving) {
                return true;
            }
            leaving = true;
        } finally {
            lock.unlock();
        }
        leave();
        return true;
    }

    private <T> T locked(Supplier<T> look) {
        lock.lock();
        try {
            return look.get();
        } finally {
            lock.unlock();
        }
    }

    private static NoMajorityException closed(Resource resource) {
        return NoMajorityException.mayNotAsk(resource, "it is shutting down.");
    }

    private void send(String to, long incarnation, PeerMessage message) {
        Envelope envelope = new Envelope(self, to, incarnation, fingerprint, message);
        if (to.equals(self.nodeId())) {
            toSelf.add(envelope);
        } else {
            effects.add(() -> network.accept(envelope));
        }
    }

    /** By one thread at a time, so that effects leave in the order of the steps. */
    private void leave() {
        while (true) {
            Runnable effect;
            lock.lock();
            try {
                effect = effects.poll();
                if (effect == null) {
                    leaving = false;
                    return;
                }
            } finally {
                lock.unlock();
            }
            try {
                effect.run();
            } catch (RuntimeException | Error failed) {
                log.error(
                        "A listener or the network failed; what follows goes on. Please report this as a bug.", failed);
            }
        }
    }

    // ---- the data directory

    /** Raised by little: what a restart adds to the bases must stay within what clocks may differ by. */
    private Ceiling ceiling(@Nullable TokenCeiling kept, PeerGroup group) {
        if (kept == null) {
            return Ceiling.none();
        }
        long ahead = Math.max(2, group.maxClockDifference().toNanos() / 4_000);
        return new Ceiling(kept.stored(), ahead, bound -> effects.add(() -> raise(kept, bound)));
    }

    private void raise(TokenCeiling kept, long bound) {
        CompletionStage<?> stored;
        try {
            stored = kept.raise(bound);
        } catch (RuntimeException failure) {
            stored = CompletableFuture.failedFuture(failure);
        }
        var unused = stored.whenComplete((done, failure) -> {
            if (failure == null) {
                step(now -> node.ceilingRaised(bound, now));
            } else {
                step(now -> {
                    if (node.ceilingFailed(String.valueOf(failure.getMessage()), now)) {
                        log.warn(
                                "The token ceiling cannot be stored: this voter grants no token above the one before.",
                                failure);
                    }
                });
            }
        });
    }

    private void setTimer(long due) {
        if (due >= timerSetFor) {
            return;
        }
        if (timer != null) {
            timer.cancel();
        }
        timerSetFor = due;
        timer = scheduler.at(due, this::ring);
    }

    private void ring() {
        lock.lock();
        try {
            timerSetFor = Timers.NEVER;
        } finally {
            lock.unlock();
        }
        step(node::tick);
    }
}
