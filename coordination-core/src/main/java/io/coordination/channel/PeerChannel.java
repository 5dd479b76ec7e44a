package io.coordination.channel;

import io.coordination.ProcessId;
import io.coordination.channel.Frame.Message;
import io.coordination.runtime.EffectQueue;
import io.coordination.time.Moment;
import io.coordination.time.Scheduler;
import io.coordination.time.TimeSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A channel of links to every other process, one for each, opened again when it breaks.
 *
 * <p>Order of locks: that of a {@link LinkEnd}, then the channel's own; never the other way.
 */
public final class PeerChannel implements Channel, AutoCloseable {

    /** However much changes at once, nodes are not looked after more often. */
    private static final long SHORTEST_PAUSE = 5_000_000;

    private final LinkIdentity own;
    private final LinkTimes times;
    private final TimeSource time;
    private final Scheduler scheduler;
    private final Transport transport;
    private final boolean listens;
    private final Map<Destination, Receiver> receivers = new ConcurrentHashMap<>();
    private final List<Consumer<? super MemberChange>> watchers = new CopyOnWriteArrayList<>();
    private final Set<LinkEnd> ends = ConcurrentHashMap.newKeySet();
    private final Map<LinkEnd, String> dialed = new ConcurrentHashMap<>();
    private final ChannelCounts counts = new ChannelCounts();
    private final EffectQueue news = new EffectQueue();
    private final ReentrantLock lock = new ReentrantLock();

    // Under the lock
    private final Neighbours neighbours;
    private final LinkLog log = new LinkLog();
    private Scheduler.@Nullable Scheduled timer;
    private long timerSetFor = Long.MAX_VALUE;
    private boolean closed;

    PeerChannel(PeerChannelBuilder from) {
        this.own = from.identity();
        this.times = from.times;
        this.time = from.time;
        this.scheduler = from.scheduler;
        this.transport = from.transport;
        this.listens = from.members.containsKey(own.self().nodeId());
        this.neighbours = new Neighbours(
                own.self().nodeId(), from.members, !listens, times, change -> news.add(() -> tell(change)), time.now());
    }

    /**
     * Begins to listen, where others are to dial this process, and to dial.
     *
     * @throws LinkException if listening is not possible
     */
    public void start() {
        if (listens) {
            transport.listen(this::accept);
        }
        tick();
    }

    @Override
    public boolean send(String node, Lane lane, Destination destination, Body body) {
        LinkEnd link = locked(() -> neighbours.link(node));
        boolean taken = link != null && link.offer(lane, destination, body);
        if (!taken) {
            counts.wasDropped(lane);
        }
        return taken;
    }

    @Override
    public void receive(Destination destination, Receiver receiver) {
        if (receivers.putIfAbsent(destination, receiver) != null) {
            throw new IllegalStateException("There is a receiver of " + destination + " already.");
        }
    }

    @Override
    public Subscription watch(Consumer<? super MemberChange> watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    @Override
    public List<Member> members() {
        Map<LinkEnd, LinkView> views = new HashMap<>();
        for (LinkEnd end : ends) {
            LinkView view = end.view();
            if (view != null) {
                views.put(end, view);
            }
        }
        return locked(() -> {
            List<Member> members = new ArrayList<>();
            neighbours.all().forEach(node -> members.add(node.member(node.link == null ? null : views.get(node.link))));
            return members;
        });
    }

    /** How many messages wait in a lane, over all links. */
    public int waiting(Lane lane) {
        int waiting = 0;
        for (LinkEnd end : ends) {
            LinkView view = end.view();
            if (view != null) {
                waiting += lane == Lane.CONTROL ? view.controlWaiting() : view.dataWaiting();
            }
        }
        return waiting;
    }

    /** What has happened to links and messages since the start. */
    public ChannelCounts counts() {
        return counts;
    }

    /** Counts and logs what was refused outside of a link: by the transport, or by a receiver. */
    public void refused(Cause cause, String reason, String remote) {
        counts.wasRefused(cause);
        locked(() -> {
            log.refused(cause, remote, reason, time.now());
            return null;
        });
    }

    /** Tells the others that it goes, and closes its links and the transport. Idempotent. */
    @Override
    public void close() {
        boolean first = locked(() -> {
            boolean was = closed;
            closed = true;
            if (timer != null) {
                timer.cancel();
            }
            return !was;
        });
        if (first) {
            ends.forEach(end -> end.goodbye(own.self() + " is shutting down."));
            transport.close();
        }
    }

    // ---- for link ends, inside a step of theirs

    void admit(ProcessId process, LinkEnd end) throws LinkRefusedException {
        LinkEnd former;
        lock.lock();
        try {
            if (closed) {
                throw new LinkRefusedException(Cause.IDENTITY, own.self() + " is shutting down.");
            }
            former = neighbours.admit(process, end, time.now());
        } finally {
            lock.unlock();
        }
        if (former != null) {
            // Not from inside this step: that link has a lock of its own.
            news.add(former::replaced);
        }
    }

    // ---- for link ends, after a step of theirs

    void up(LinkEnd end) {
        counts.wasOpened();
        String node = dialed.remove(end);
        locked(() -> {
            if (node != null) {
                neighbours.dialed(node);
            }
            return null;
        });
        news.run();
        wake(end.due());
    }

    void deliver(LinkEnd end, Message message) {
        ProcessId from = end.process();
        Receiver receiver = receivers.get(message.destination());
        if (from == null) {
            return;
        }
        if (receiver == null) {
            end.malformed(Cause.DESTINATION, "there is no destination \"" + message.destination() + "\" here.");
            return;
        }
        try {
            receiver.received(from, message.body());
        } catch (MalformedMessageException e) {
            refused(Cause.MALFORMED, String.valueOf(e.getMessage()), from.toString());
        } catch (RuntimeException e) {
            log.failed(message.destination(), e);
        }
    }

    void ended(LinkEnd end, @Nullable Cause cause, String reason, boolean said, String remote) {
        ends.remove(end);
        if (cause != null) {
            counts.wasRefused(cause);
        }
        String node = dialed.remove(end);
        if (node != null) {
            counts.failedToDial();
        }
        ProcessId process = end.process();
        long due = locked(() -> {
            Moment now = time.now();
            String other = process != null ? process.toString() : node != null ? node : remote;
            if (cause != null) {
                log.refused(cause, other, reason, now);
            }
            neighbours.ended(end, reason, said, now);
            if (node != null && neighbours.dialed(node, reason, now)) {
                log.noLink(node, reason);
            }
            return neighbours.due();
        });
        news.run();
        wake(due);
    }

    // ---- steps

    private Pipe.Listener accept() {
        return end(Role.ACCEPTOR, "");
    }

    private LinkEnd end(Role role, String expected) {
        LinkEnd end = new LinkEnd(role, expected, this, own, times, time);
        ends.add(end);
        wake(end.due());
        return end;
    }

    private void tick() {
        ends.forEach(LinkEnd::tick);
        List<Neighbour> toDial = locked(() -> closed ? List.of() : neighbours.tick(time.now()));
        for (Neighbour neighbour : toDial) {
            if (neighbour.address != null) {
                LinkEnd end = end(Role.DIALER, neighbour.node);
                dialed.put(end, neighbour.node);
                transport.dial(neighbour.address, end);
            }
        }
        news.run();
        long pings = ends.stream().mapToLong(LinkEnd::due).min().orElse(Long.MAX_VALUE);
        long check = time.now().nanos() + times.ping().toNanos();
        wake(Math.min(Math.min(pings, check), locked(neighbours::due)));
    }

    private void wake(long due) {
        lock.lock();
        try {
            if (closed || due >= timerSetFor) {
                return;
            }
            if (timer != null) {
                timer.cancel();
            }
            timerSetFor = Math.max(due, time.now().nanos() + SHORTEST_PAUSE);
            timer = scheduler.at(timerSetFor, this::ring);
        } finally {
            lock.unlock();
        }
    }

    private void ring() {
        locked(() -> timerSetFor = Long.MAX_VALUE);
        tick();
    }

    private void tell(MemberChange change) {
        log.changed(change);
        watchers.forEach(watcher -> watcher.accept(change));
    }

    private <T> T locked(Supplier<T> look) {
        lock.lock();
        try {
            return look.get();
        } finally {
            lock.unlock();
        }
    }
}
