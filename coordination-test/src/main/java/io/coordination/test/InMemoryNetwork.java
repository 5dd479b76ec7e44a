package io.coordination.test;

import io.coordination.channel.Frame;
import io.coordination.channel.Pipe;
import io.coordination.channel.Transport;
import io.coordination.time.Scheduler;
import io.coordination.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * A network inside one JVM: nodes dial each other by the addresses that it gives them, and pipes carry frames in order, each
 * direction with its delay and bandwidth. With {@link VirtualTime} all that happens is decided by the test; with the clock and
 * timer of the system it is a loopback for several instances in one JVM. Safe for several threads.
 */
public final class InMemoryNetwork {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int FRAME_BYTES = 128;

    /** What a sender hands over before it has to wait for the wire, as the buffers of the operating system take it. */
    private static final int BUFFERED = 1 << 20;

    private final TimeSource time;
    private final Scheduler scheduler;
    private final long delay;
    private final long bytesPerSecond;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<URI, Listening> listening = new HashMap<>();
    private final Set<InMemoryPipe> pipes = new HashSet<>();
    private final Set<String> unplugged = new HashSet<>();
    private boolean certified;

    /**
     * @param delay of every frame
     * @param bytesPerSecond that one direction of a pipe carries
     */
    public InMemoryNetwork(TimeSource time, Scheduler scheduler, Duration delay, long bytesPerSecond) {
        this.time = time;
        this.scheduler = scheduler;
        this.delay = delay.toNanos();
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Where a node of this name is dialed. */
    public static URI address(String node) {
        return URI.create("memory://" + node);
    }

    /** The transport of a process of this node. */
    public Transport transport(String node) {
        return new InMemoryTransport(node);
    }

    /** Pipes opened from now on count as mutually authenticated by certificates. */
    public void certify() {
        certified = true;
    }

    /** All pipes of a node break. */
    public void breakPipes(String node) {
        snapshot(pipe -> pipe.isOf(node)).forEach(pipe -> pipe.end("the connection was reset."));
    }

    /** Nothing more arrives at a node or leaves it, and nobody is told. */
    public void unplug(String node) {
        locked(() -> unplugged.add(node));
    }

    /** What was sent meanwhile is lost. */
    public void plugIn(String node) {
        locked(() -> unplugged.remove(node));
    }

    private List<InMemoryPipe> snapshot(Predicate<InMemoryPipe> which) {
        List<InMemoryPipe> found = new ArrayList<>();
        locked(() -> pipes.stream().filter(which).forEach(found::add));
        return found;
    }

    private void locked(Runnable step) {
        lock.lock();
        try {
            step.run();
        } finally {
            lock.unlock();
        }
    }

    private void later(long at, Runnable action) {
        scheduler.at(at, action);
    }

    private record Listening(String node, Transport.Acceptor acceptor) {}

    private final class InMemoryTransport implements Transport {

        private final String node;

        InMemoryTransport(String node) {
            this.node = node;
        }

        @Override
        public void listen(Acceptor acceptor) {
            locked(() -> listening.put(address(node), new Listening(node, acceptor)));
        }

        @Override
        public void dial(URI address, Pipe.Listener listener) {
            long arrival = time.now().nanos() + delay;
            later(
                    arrival,
                    () -> locked(() -> {
                        Listening there = listening.get(address);
                        if (there == null || unplugged.contains(node) || unplugged.contains(there.node)) {
                            later(arrival, () -> listener.closed("nobody listens at " + address + "."));
                            return;
                        }
                        InMemoryPipe dialer = new InMemoryPipe(node, there.node, listener);
                        InMemoryPipe acceptor = new InMemoryPipe(there.node, node, there.acceptor.accept());
                        dialer.other = acceptor;
                        acceptor.other = dialer;
                        pipes.add(dialer);
                        pipes.add(acceptor);
                        later(arrival, () -> acceptor.listener.opened(acceptor));
                        later(arrival + delay, () -> dialer.listener.opened(dialer));
                    }));
        }

        @Override
        public void close() {
            locked(() -> listening.remove(address(node)));
            snapshot(pipe -> pipe.here.equals(node)).forEach(Pipe::close);
        }
    }

    private final class InMemoryPipe implements Pipe {

        private final String here;
        private final String there;
        private final Listener listener;
        private final boolean mutual = certified;
        private InMemoryPipe other = this;
        private long wireFreeAt;
        private boolean ended;

        InMemoryPipe(String here, String there, Listener listener) {
            this.here = here;
            this.there = there;
            this.listener = listener;
        }

        boolean isOf(String node) {
            return here.equals(node) || there.equals(node);
        }

        @Override
        public void write(List<Frame> frames, Runnable written) {
            locked(() -> {
                long now = time.now().nanos();
                for (Frame frame : frames) {
                    wireFreeAt = Math.max(wireFreeAt, now) + nanos(size(frame));
                    later(wireFreeAt + delay, () -> other.arrive(frame));
                }
                later(Math.max(now, wireFreeAt - nanos(BUFFERED)), written);
            });
        }

        @Override
        public void close() {
            end("the connection was closed.");
        }

        @Override
        public boolean isMutuallyAuthenticated() {
            return mutual;
        }

        @Override
        public String remote() {
            return there;
        }

        private void arrive(Frame frame) {
            if (!ended && !unplugged.contains(here) && !unplugged.contains(there)) {
                listener.received(frame);
            }
        }

        private void end(String reason) {
            locked(() -> {
                if (ended) {
                    return;
                }
                ended = true;
                pipes.remove(this);
                long now = time.now().nanos();
                later(now, () -> listener.closed(reason));
                if (!unplugged.contains(here) && !unplugged.contains(there)) {
                    later(Math.max(now, wireFreeAt) + delay, () -> other.end("the other end closed the connection."));
                }
            });
        }

        private long nanos(long bytes) {
            return bytes * NANOS_PER_SECOND / bytesPerSecond;
        }

        private static int size(Frame frame) {
            return FRAME_BYTES
                    + (frame instanceof Frame.Message message ? message.body().length() : 0);
        }
    }
}
