package io.coordination.spring.autoconfigure;

import io.coordination.channel.Cause;
import io.coordination.channel.PeerChannel;
import io.coordination.stomp.StompTransport;
import java.util.concurrent.atomic.AtomicReference;

/** Tells the channel what its transport has refused; the transport is made first. */
final class LateRefusals implements StompTransport.Refusals {

    private final AtomicReference<PeerChannel> channel = new AtomicReference<>();

    void to(PeerChannel made) {
        channel.set(made);
    }

    @Override
    public void refused(Cause cause, String reason, String remote) {
        PeerChannel made = channel.get();
        if (made != null) {
            made.refused(cause, reason, remote);
        }
    }
}
