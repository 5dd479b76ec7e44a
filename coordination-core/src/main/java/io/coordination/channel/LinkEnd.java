package io.coordination.channel;

import io.coordination.ProcessId;
import io.coordination.channel.Frame.Message;
import io.coordination.runtime.EffectQueue;
import io.coordination.time.Moment;
import io.coordination.time.TimeSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link Link} over a {@link Pipe}: steps under its lock, one write at a time, messages and news to the channel in the order
 * of the steps, after the lock is left.
 */
final class LinkEnd implements Pipe.Listener, LinkOwner {

    private final Role role;
    private final PeerChannel channel;
    private final TimeSource time;
    private final Link link;
    private final ReentrantLock lock = new ReentrantLock();
    private final EffectQueue effects = new EffectQueue();
    private @Nullable Pipe pipe;
    private boolean writing;

    /** Whether a thread is inside {@link Pipe#write}, and takes the next batch itself if that returns written. */
    private boolean inWrite;

    private boolean writtenInside;

    /** For whoever decides, without this lock, whether the other end lives. */
    private volatile long lastHeard;

    private volatile @Nullable ProcessId process;

    LinkEnd(Role role, String expected, PeerChannel channel, LinkIdentity own, LinkTimes times, TimeSource time) {
        this.role = role;
        this.channel = channel;
        this.time = time;
        Moment now = time.now();
        this.lastHeard = now.nanos();
        this.link = new Link(role, expected, own, times, this, now);
    }

    // ---- from the pipe

    @Override
    public void opened(Pipe opened) {
        step(now -> {
            pipe = opened;
            link.opened(opened.isMutuallyAuthenticated(), now);
        });
    }

    @Override
    public void received(Frame frame) {
        step(now -> {
            lastHeard = now.nanos();
            link.received(frame, now);
        });
    }

    @Override
    public void malformed(Cause cause, String reason) {
        step(now -> link.malformed(cause, reason));
    }

    @Override
    public void closed(String reason) {
        step(now -> {
            pipe = null;
            link.closed(reason);
        });
    }

    // ---- from the channel

    /** Says whether it was taken. */
    boolean offer(Lane lane, Destination destination, Body body) {
        lock.lock();
        try {
            if (!link.offer(lane, destination, body)) {
                return false;
            }
        } finally {
            lock.unlock();
        }
        write();
        return true;
    }

    void tick() {
        step(link::tick);
    }

    void replaced() {
        step(now -> link.replaced());
    }

    void goodbye(String reason) {
        step(now -> link.goodbye(reason));
    }

    long due() {
        lock.lock();
        try {
            return link.due();
        } finally {
            lock.unlock();
        }
    }

    /** Null while it is not up. */
    @Nullable
    LinkView view() {
        lock.lock();
        try {
            return link.isUp() ? link.view() : null;
        } finally {
            lock.unlock();
        }
    }

    Role role() {
        return role;
    }

    long lastHeard() {
        return lastHeard;
    }

    /** The process at the other end, once it was admitted. */
    @Nullable
    ProcessId process() {
        return process;
    }

    // ---- from the link, inside a step

    @Override
    public void admit(ProcessId other, Role asRole) throws LinkRefusedException {
        channel.admit(other, this);
        process = other;
    }

    @Override
    public void up() {
        effects.add(() -> channel.up(this));
    }

    @Override
    public void message(Message message) {
        effects.add(() -> channel.deliver(this, message));
    }

    @Override
    public void ended(@Nullable Cause cause, String reason, boolean said) {
        Pipe from = pipe;
        effects.add(() -> channel.ended(this, cause, reason, said, from == null ? "" : from.remote()));
    }

    // ---- steps

    private void step(Consumer<Moment> step) {
        lock.lock();
        try {
            step.accept(time.now());
        } finally {
            lock.unlock();
        }
        write();
        effects.run();
    }

    private void write() {
        while (true) {
            List<Frame> batch;
            Pipe to;
            lock.lock();
            try {
                to = pipe;
                if (writing || to == null) {
                    return;
                }
                batch = link.next();
                if (batch.isEmpty() && !link.isClosed()) {
                    return;
                }
                writing = true;
                inWrite = true;
                writtenInside = false;
            } finally {
                lock.unlock();
            }
            if (batch.isEmpty()) {
                // It stays "writing": nothing is to be written any more.
                to.close();
                return;
            }
            to.write(batch, this::written);
            lock.lock();
            try {
                inWrite = false;
                if (!writtenInside) {
                    return;
                }
                writing = false;
            } finally {
                lock.unlock();
            }
        }
    }

    private void written() {
        lock.lock();
        try {
            if (inWrite) {
                writtenInside = true;
                return;
            }
            writing = false;
        } finally {
            lock.unlock();
        }
        write();
    }
}
