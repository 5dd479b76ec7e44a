package io.coordination.benchmarks.peers;

import io.coordination.channel.Cause;
import io.coordination.channel.Frame;
import io.coordination.channel.Pipe;
import io.coordination.channel.Transport;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the frames that its pipes write, and in how many writes: one is one WebSocket message. */
final class CountingTransport implements Transport {

    /** Of all transports of a run. */
    static final class Counts {
        final AtomicLong frames = new AtomicLong();
        final AtomicLong messages = new AtomicLong();
    }

    private final Transport inner;
    private final Counts counts;

    CountingTransport(Transport inner, Counts counts) {
        this.inner = inner;
        this.counts = counts;
    }

    @Override
    public void listen(Acceptor acceptor) {
        inner.listen(() -> new Ear(acceptor.accept()));
    }

    @Override
    public void dial(URI address, Pipe.Listener listener) {
        inner.dial(address, new Ear(listener));
    }

    @Override
    public void close() {
        inner.close();
    }

    private final class Ear implements Pipe.Listener {

        private final Pipe.Listener inner;

        Ear(Pipe.Listener inner) {
            this.inner = inner;
        }

        @Override
        public void opened(Pipe pipe) {
            inner.opened(new CountedPipe(pipe));
        }

        @Override
        public void received(Frame frame) {
            inner.received(frame);
        }

        @Override
        public void malformed(Cause cause, String reason) {
            inner.malformed(cause, reason);
        }

        @Override
        public void closed(String reason) {
            inner.closed(reason);
        }
    }

    private final class CountedPipe implements Pipe {

        private final Pipe inner;

        CountedPipe(Pipe inner) {
            this.inner = inner;
        }

        @Override
        public void write(List<Frame> frames, Runnable written) {
            counts.frames.addAndGet(frames.size());
            counts.messages.incrementAndGet();
            inner.write(frames, written);
        }

        @Override
        public void close() {
            inner.close();
        }

        @Override
        public boolean isMutuallyAuthenticated() {
            return inner.isMutuallyAuthenticated();
        }

        @Override
        public String remote() {
            return inner.remote();
        }
    }
}
