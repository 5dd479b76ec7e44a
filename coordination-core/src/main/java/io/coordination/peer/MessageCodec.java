package io.coordination.peer;

import io.coordination.channel.MalformedMessageException;

/**
 * How one kind of message is written and read.
 *
 * @param kind the first byte of the message; never given to another kind
 */
record MessageCodec<M extends PeerMessage>(int kind, Class<M> type, Write<M> write, Read<M> read) {

    @FunctionalInterface
    interface Write<M> {
        void write(M message, MessageWriter to);
    }

    @FunctionalInterface
    interface Read<M> {
        M read(MessageReader from) throws MalformedMessageException;
    }

    void write(PeerMessage message, MessageWriter to) {
        write.write(type.cast(message), to);
    }
}
