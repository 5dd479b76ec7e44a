package io.coordination.channel;

/** What is known of another node. A guess: a node that is thought gone may be alive, and the other way round. */
public enum MemberState {
    /** It is linked and answers. */
    UP,
    /** It has not answered for a while, or its link broke a moment ago. */
    SUSPECTED,
    /** It has not been heard of for long, or never, or has said that it goes. */
    GONE
}
