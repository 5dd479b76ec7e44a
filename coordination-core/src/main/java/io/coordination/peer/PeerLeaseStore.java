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
import io.coordination.time.HybridClock;
import io.coordination.time.Moment;
import io.coordination.time.Scheduler;
import io.coordination.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
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

    /**
     * Begins to recover, if the process has a vote: until it has read what the other voters know, or has waited for as long as
     * anything it may have granted before can last, it grants nothing.
     *
     * @param clock the hybrid clock of the process, from which tickets come as well
     * @param network takes what goes to other nodes; must not block and not throw
     */
    public PeerLeaseStore(
            ProcessId self,
            PeerGroup group,
            HybridClock clock,
            TimeSource time,
            Scheduler scheduler,
            Consumer<? super Envelope> network) {
        this(self, group, PeerTimes.of(group), clock, time, scheduler, network);
    }

    PeerLeaseStore(
            ProcessId self,
            PeerGroup group,
            PeerTimes times,
            HybridClock clock,
            TimeSource time,
            Scheduler scheduler,
            Consumer<? super Envelope> network) {
        this.self = Objects.requireNonNull(self, "self");
        this.group = Objects.requireNonNull(group, "group");
        this.fingerprint = group.fingerprint();
        this.time = Objects.requireNonNull(time, "time");
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        this.network = Objects.requireNonNull(network, "network");
        this.node = new PeerNode(
                self,
                group,
                times,
                clock,
                Recovery.Way.READ_OR_WAIT,
                new Rules(),
                this::send,
                resource -> effects.add(() -> listeners.forEach(listener -> listener.accept(resource))),
                time.now());
    }

    /** Reads from the other voters; to be called when the network can take messages. */
    public void start() {
        step(node::tick);
    }

    @Override
    public void acquire(LeaseRequest request, Consumer<? super AcquireAnswer> reply) {
        step(now -> node.acquire(request, answer -> effects.add(() -> reply.accept(answer)), now));
    }

    @Override
    public void renew(LeaseRequest request, Consumer<? super RenewAnswer> reply) {
        step(now -> node.renew(request, answer -> effects.add(() -> reply.accept(answer)), now));
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

    /** Whether the vote of this process counts; always so for one that has none. */
    public boolean isReady() {
        lock.lock();
        try {
            return node.isIn() && !node.isSuperseded();
        } finally {
            lock.unlock();
        }
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

    private void step(Consumer<Moment> step) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            step.accept(time.now());
            for (Envelope own = toSelf.poll(); own != null; own = toSelf.poll()) {
                node.receive(own, time.now());
            }
            setTimer(node.due());
            if (leaving) {
                return;
            }
            leaving = true;
        } finally {
            lock.unlock();
        }
        leave();
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
