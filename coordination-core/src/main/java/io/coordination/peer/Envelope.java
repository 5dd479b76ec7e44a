package io.coordination.peer;

import io.coordination.ProcessId;

/**
 * A message under way.
 *
 * @param from the process that sends
 * @param to the node it is for
 * @param incarnation the process of that node it is for, or {@link #ANY}
 * @param fingerprint that of the sender's {@link PeerGroup}
 */
public record Envelope(ProcessId from, String to, long incarnation, long fingerprint, PeerMessage message) {

    /** Whichever process of the node runs. */
    public static final long ANY = -1;
}
