package io.coordination.channel;

/** The kinds of reasons for which a link, or something that came over it, is refused. Names of meters. */
public enum Cause {
    /** It is not what the protocol allows here, or cannot be read. */
    MALFORMED,
    /** It is larger than allowed. */
    TOO_LARGE,
    /** There is more of it than allowed. */
    TOO_MANY,
    /** It did not come in time. */
    TOO_LATE,
    /** It comes from a browser: it has an {@code Origin}. */
    ORIGIN,
    /** The other end does not know the secret. */
    SECRET,
    /** It is of another cluster. */
    CLUSTER,
    /** It speaks no version that is spoken here. */
    VERSION,
    /** Its clock is too far off. */
    CLOCK,
    /** It is not who it should be, or another process of the same node is connected. */
    IDENTITY,
    /** There is no such destination. */
    DESTINATION
}
