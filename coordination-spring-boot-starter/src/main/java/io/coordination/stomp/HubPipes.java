package io.coordination.stomp;

import io.coordination.channel.Cause;
import io.coordination.channel.Transport;
import org.jspecify.annotations.Nullable;

/**
 * The pipes of a hub, and who is not given one.
 *
 * <p>Threads: any.
 */
final class HubPipes {

    static final String FULL = "The hub has as many links as it takes.";

    /** Who dials in. */
    record Caller(String remote, boolean certified) {}

    private final Transport.Acceptor acceptor;
    private final StompTransport.Refusals refusals;
    private final LinkThreads threads;
    private final StompCodec codec;
    private final Turnstile turnstile = new Turnstile(Limits.PIPES, Limits.PIPES_BEFORE_ACCEPTANCE);
    private final OpenPipes pipes = new OpenPipes();

    HubPipes(Transport.Acceptor acceptor, StompTransport.Refusals refusals, LinkThreads threads, StompCodec codec) {
        this.acceptor = acceptor;
        this.refusals = refusals;
        this.threads = threads;
        this.codec = codec;
    }

    /** Whether one more pipe is likely to be taken. */
    boolean hasRoom() {
        return turnstile.isOpen();
    }

    void refused(Cause cause, String reason, Caller caller) {
        refusals.refused(cause, reason, caller.remote());
    }

    /** Null if there are enough. */
    @Nullable
    StompPipe open(Line line) {
        Turnstile.Place place = turnstile.enter();
        if (place == null) {
            return null;
        }
        Conversation conversation = new HubConversation(place::accept);
        StompPipe pipe = new StompPipe(line, conversation, codec, acceptor.accept(), threads);
        pipes.add(pipe);
        var unused = pipe.end().whenComplete((told, never) -> place.leave());
        return pipe;
    }

    void close() {
        pipes.close();
    }
}
