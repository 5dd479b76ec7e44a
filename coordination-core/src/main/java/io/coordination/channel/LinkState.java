package io.coordination.channel;

import io.coordination.channel.Frame.Accepted;
import io.coordination.channel.Frame.Acknowledged;
import io.coordination.channel.Frame.Hello;
import io.coordination.channel.Frame.Message;
import io.coordination.channel.Frame.Ping;
import io.coordination.channel.Frame.Pong;
import io.coordination.channel.Frame.Proof;
import io.coordination.channel.Frame.Refused;
import io.coordination.channel.Frame.Welcome;
import java.util.Set;

/** How far a link has come, and what the other end may say there. Anything else ends it. */
enum LinkState {
    /** There is no pipe yet. */
    OPENING(Set.of()),
    /** The dialer has said {@link Hello}. */
    GREETED(Set.of(Welcome.class, Refused.class)),
    /** The dialer has said {@link Proof}. */
    PROVED(Set.of(Accepted.class, Refused.class)),
    /** The acceptor waits for {@link Hello}. */
    WAITING(Set.of(Hello.class, Refused.class)),
    /** The acceptor has said {@link Welcome}. */
    WELCOMED(Set.of(Proof.class, Refused.class)),
    /** Each end has shown the other that it belongs to the cluster. */
    UP(Set.of(Message.class, Acknowledged.class, Ping.class, Pong.class, Refused.class)),
    /** Nothing is heard or said any more. */
    CLOSED(Set.of());

    private final Set<Class<? extends Frame>> heard;

    LinkState(Set<Class<? extends Frame>> heard) {
        this.heard = heard;
    }

    boolean allows(Frame frame) {
        return heard.contains(frame.getClass());
    }

    /** Whether the ends have not yet shown who they are. */
    boolean isGreeting() {
        return this != UP && this != CLOSED;
    }
}
