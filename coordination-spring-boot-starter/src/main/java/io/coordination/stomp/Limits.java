package io.coordination.stomp;

import io.coordination.channel.Body;
import java.time.Duration;

/** All bounds of this package in one place; {@code docs/wire.md} has the same list. */
final class Limits {

    /** Of one frame that whoever is not accepted yet sends: nobody makes this process keep more. */
    static final int BYTES_BEFORE_ACCEPTANCE = 8 * 1024;

    /** Of frames until acceptance. A handshake has three. */
    static final int FRAMES_BEFORE_ACCEPTANCE = 8;

    /** Of the command and the headers of one frame. */
    static final int HEAD_BYTES = 8 * 1024;

    /** The fields of the largest greeting, and those of STOMP itself. */
    static final int HEADERS = 40;

    static final int BODY_BYTES = Body.LONGEST;

    /** Frames are put together into one WebSocket message up to this; a larger frame goes alone. */
    static final int MESSAGE_BYTES = 64 * 1024;

    /** A reason is cut after this many characters, so that it fits before acceptance as well. */
    static final int REASON_CHARACTERS = 1_024;

    static final int SUBSCRIPTIONS = 16;

    /** Of a header that names something: an id, a destination, a receipt. */
    static final int NAME_CHARACTERS = 128;

    /** Receipts and the like that wait because the other end does not read. */
    static final int WAITING_REPLIES = 256;

    static final int PIPES = 128;

    static final int PIPES_BEFORE_ACCEPTANCE = 64;

    /** Far more than pipes: refusals have to be said, and whoever says nothing holds one for a while. */
    static final int CONNECTIONS = 512;

    /** A client may ask the hub for a heart-beat as often as this. */
    static final Duration SHORTEST_HEART_BEAT = Duration.ofSeconds(5);

    static final Duration LONGEST_HEART_BEAT = Duration.ofMinutes(1);

    static final Duration CONNECT = Duration.ofSeconds(5);

    /** What a client of the hub does not take within this time breaks the pipe. */
    static final Duration SEND = Duration.ofSeconds(10);

    /** For this long Tomcat may keep a thread waiting, for a farewell or a pong that the other end does not take. */
    static final Duration BLOCKED = Duration.ofSeconds(1);

    /** After this time without an answer to a farewell the connection is cut. */
    static final Duration FAREWELL = Duration.ofSeconds(2);

    private Limits() {}
}
