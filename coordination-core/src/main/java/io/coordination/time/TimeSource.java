package io.coordination.time;

/**
 * Where time comes from. The only door through which a clock reaches the protocols, so that a test can be the clock.
 *
 * <p>Threads: called from any thread at any time. Blocking: never. Failure: never.
 */
@FunctionalInterface
public interface TimeSource {

    /** Reads both clocks. */
    Moment now();
}
