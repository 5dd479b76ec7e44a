package io.coordination.stomp;

import io.coordination.channel.Cause;
import io.coordination.channel.Frame;
import io.coordination.channel.Pipe;
import io.coordination.channel.Transport;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A transport whose pipes a test can close behind the back of their links. */
final class BreakableTransport implements Transport {

    private final Transport transport;
    private final Set<Pipe> pipes = ConcurrentHashMap.newKeySet();

    BreakableTransport(Transport transport) {
        this.transport = transport;
    }

    void breakPipes() {
        pipes.forEach(Pipe::close);
    }

    @Override
    public void listen(Acceptor acceptor) {
        transport.listen(() -> new Watched(acceptor.accept()));
    }

    @Override
    public void dial(URI address, Pipe.Listener listener) {
        transport.dial(address, new Watched(listener));
    }

    @Override
    public void close() {
        transport.close();
    }

    private final class Watched implements Pipe.Listener {

        private final Pipe.Listener listener;

        Watched(Pipe.Listener listener) {
            this.listener = listener;
        }

        @Override
        public void opened(Pipe pipe) {
            pipes.add(pipe);
            listener.opened(pipe);
        }

        @Override
        public void received(Frame frame) {
            listener.received(frame);
        }

        @Override
        public void malformed(Cause cause, String reason) {
            listener.malformed(cause, reason);
        }

        @Override
        public void closed(String reason) {
            listener.closed(reason);
        }
    }
}
