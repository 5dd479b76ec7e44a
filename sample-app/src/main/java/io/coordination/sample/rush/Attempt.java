package io.coordination.sample.rush;

import java.time.Duration;

/** One request of one buyer for one seat, at one instance. */
record Attempt(String instance, String buyer, Answer answer, Duration took) {

    enum Answer {
        SOLD,
        TAKEN,
        /** Neither: an error, or no answer at all. */
        FAILED
    }
}
