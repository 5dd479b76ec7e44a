package io.coordination.peer;

import io.coordination.ProcessId;
import io.coordination.channel.Body;
import io.coordination.channel.MalformedMessageException;
import io.coordination.peer.PeerMessage.KnownLease;

/**
 * Lease messages as bytes, version 1, as {@code docs/wire.md} lays them out. Every message has exactly one encoding. Which
 * version a link speaks its ends have agreed on before; a message does not say. Safe for any thread.
 */
public final class PeerWire {

    private PeerWire() {}

    /**
     * What is sent of a message: all but its ends, which the link knows. Reasons of refusals are cut where they are too long.
     *
     * @throws IllegalArgumentException if no reader would take it: a bug of whoever made it
     */
    public static Body encode(Envelope envelope) {
        MessageCodec<?> codec = MessageCodecs.of(envelope.message());
        MessageWriter to = new MessageWriter(envelope.from());
        to.octet(codec.kind());
        to.fixed(envelope.fingerprint());
        to.signed(envelope.incarnation());
        codec.write(envelope.message(), to);
        return to.body();
    }

    /**
     * The message that was sent.
     *
     * @param from the process at the other end of the link, as it has proved
     * @param to the node at this end
     * @throws MalformedMessageException if the bytes are not what {@link #encode} makes of a message; nothing else is thrown,
     *     whatever they are
     */
    public static Envelope decode(ProcessId from, String to, Body body) throws MalformedMessageException {
        MessageReader reader = new MessageReader(from, body);
        int kind = reader.octet();
        MessageCodec<?> codec = MessageCodecs.of(kind);
        if (codec == null) {
            throw reader.malformed("there is no kind " + kind);
        }
        long fingerprint = reader.fixed();
        long incarnation = reader.signed();
        if (incarnation < Envelope.ANY) {
            throw reader.malformed("it is for the incarnation " + incarnation);
        }
        PeerMessage message = codec.read().read(reader);
        reader.end();
        return new Envelope(from, to, incarnation, fingerprint, message);
    }

    /** How many bytes it has in a message from there. */
    static int size(KnownLease lease, ProcessId from) {
        MessageWriter to = new MessageWriter(from);
        to.knownLease(lease);
        return to.length();
    }
}
