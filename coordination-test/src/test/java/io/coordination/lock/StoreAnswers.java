package io.coordination.lock;

import org.jspecify.annotations.Nullable;

/** The answers of stores in words that can be compared: without lengths, which the tests in virtual time look at. */
final class StoreAnswers {

    static final String NOT_HELD = "not held";
    static final String RELEASED = "released";

    private StoreAnswers() {}

    static String granted(long base, boolean othersMayWait) {
        return "granted, base " + base + (othersMayWait ? ", others wait" : "");
    }

    static String busy(@Nullable Integer holder) {
        return holder == null ? "busy, free but kept for another" : "busy, held by " + holder;
    }

    static String renewed(boolean othersMayWait) {
        return "renewed" + (othersMayWait ? ", others wait" : "");
    }
}
