package io.coordination.peer;

import io.coordination.ProcessId;

/** Takes what a machine of the protocol says to a process, its own included. */
@FunctionalInterface
interface Outbox {

    void send(String node, long incarnation, PeerMessage message);

    /** To whichever process of the node runs. */
    default void ask(String node, PeerMessage message) {
        send(node, Envelope.ANY, message);
    }

    /** To the very process that asked: its successor's stamps begin anew, and must not be taken for its own. */
    default void answer(ProcessId to, PeerMessage message) {
        send(to.nodeId(), to.incarnation(), message);
    }
}
