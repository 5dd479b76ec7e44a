package io.coordination.test;

import io.coordination.channel.Transport;
import io.coordination.time.Scheduler;
import io.coordination.time.TimeSource;
import java.net.URI;
import java.util.function.BooleanSupplier;

/** A network as {@link ChannelContract} sees it: addresses, transports, its time, and ways to wait and to break things. */
public interface ChannelsUnderTest extends AutoCloseable {

    /** Where a node is dialed; the same each time. */
    URI address(String node);

    /** A transport for one process of this node. */
    Transport transport(String node);

    TimeSource time();

    /** A timer on the scale of {@link #time()}. */
    Scheduler scheduler();

    /** Lets time pass until this is so; fails if it does not come. */
    void await(String what, BooleanSupplier condition);

    /** Breaks the connections of a node, as a router does that restarts. */
    void breakPipes(String node);

    @Override
    void close();
}
