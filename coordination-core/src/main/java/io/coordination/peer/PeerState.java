package io.coordination.peer;

/** What a process of the group may do now. */
public enum PeerState {
    /** Its vote does not count yet, and it asks for nothing. */
    RECOVERING,
    /** It may ask, and its vote counts if it has one. */
    READY,
    /** A newer process of the same node was heard of. It holds nothing, and is silent until it is closed. */
    SUPERSEDED
}
