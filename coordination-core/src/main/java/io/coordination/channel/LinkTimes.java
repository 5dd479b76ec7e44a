package io.coordination.channel;

import java.time.Duration;

/**
 * The times and bounds of links. Nothing of them carries safety.
 *
 * @param greeting how long the two ends have to show who they are
 * @param ping how often each end asks whether the other is there
 * @param suspect how long a member is silent before it is suspected
 * @param gone how long a member is silent, or not linked, before it is thought gone, and its link closed
 * @param firstRetry the first pause before a node is dialed again; doubles up to {@code longestRetry}
 * @param framesPerSecond how many frames of the other end are heard in a second; there may be as many at once
 * @param controlBytes the most bytes that wait in the control lane
 * @param dataBytes the most bytes that wait in the data lane
 * @param window the most bytes of data that are under way and not acknowledged; one message may exceed it
 */
record LinkTimes(
        Duration greeting,
        Duration ping,
        Duration suspect,
        Duration gone,
        Duration firstRetry,
        Duration longestRetry,
        int framesPerSecond,
        int controlBytes,
        int dataBytes,
        int window) {

    static final LinkTimes DEFAULT = new LinkTimes(
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            Duration.ofSeconds(10),
            Duration.ofMillis(100),
            Duration.ofSeconds(3),
            100_000,
            4 << 20,
            4 << 20,
            64 << 10);
}
