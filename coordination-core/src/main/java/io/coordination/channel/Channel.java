package io.coordination.channel;

import io.coordination.ProcessId;
import java.util.List;
import java.util.function.Consumer;

/**
 * Carries messages between the processes of a cluster. Whatever is sent may be lost, doubled where a link broke, and overtake
 * what went in another lane; within one lane of one link the order is kept.
 *
 * <p>Threads: any. Blocking: never. Failure: what cannot be sent is lost, and counted.
 */
public interface Channel {

    /**
     * Sends to whichever process of a node is linked.
     *
     * @return whether it was taken; not if the node is not linked or the lane is full. That it arrives is not said.
     */
    boolean send(String node, Lane lane, Destination destination, Body body);

    /**
     * Says what takes messages for a destination; one receiver for each.
     *
     * @throws IllegalStateException if there is one already
     */
    void receive(Destination destination, Receiver receiver);

    /** Tells of each change of a member from now on, one after another. Watchers do not block and do not throw. */
    Subscription watch(Consumer<? super MemberChange> watcher);

    /** The other nodes that are configured or have been linked of late, by node id. */
    List<Member> members();

    /**
     * Takes messages.
     *
     * <p>Threads: one at a time for each linked process, different ones at once. Must not block.
     */
    @FunctionalInterface
    interface Receiver {

        /** @throws MalformedMessageException if these bytes are no message; that is counted, and the message dropped */
        void received(ProcessId from, Body body) throws MalformedMessageException;
    }

    /** Ends what was subscribed. */
    @FunctionalInterface
    interface Subscription extends AutoCloseable {

        @Override
        void close();
    }
}
