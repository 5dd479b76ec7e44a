package io.coordination.lock;

import io.coordination.lock.LockNotAcquiredException.Reason;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Why a waiter was sent away. */
record Refusal(
        Reason reason, @Nullable String holder, @Nullable Throwable cause) implements Outcome {

    static final Refusal SHUT_DOWN = new Refusal(Reason.SHUT_DOWN, null, null);
    static final Refusal FULL = new Refusal(Reason.FULL, null, null);

    @Override
    public <R> R match(
            Function<? super Grant, ? extends R> ifGranted, Function<? super Refusal, ? extends R> ifRefused) {
        return ifRefused.apply(this);
    }

    String inWords(Resource resource, Duration waited) {
        String notAcquired = "The lock " + resource + " was not acquired";
        return switch (reason) {
            case BUSY ->
                notAcquired + " within " + waited.toMillis() + " ms: "
                        + (holder == null ? "others held it." : "held by " + holder + ".")
                        + " Raise wait-at-most, shorten the work done under the lock, or handle this exception.";
            case STORE_UNAVAILABLE ->
                notAcquired + " within " + waited.toMillis()
                        + " ms: the store that arbitrates did not answer (" + cause
                        + "). Nothing is held; mend the store or try again.";
            case FULL ->
                notAcquired + ": this instance already has as many waiters or resources as it may have."
                        + " Let fewer callers in at once, shorten wait-at-most, or raise the limits.";
            case SHUT_DOWN -> notAcquired + ": the lock manager is shutting down.";
        };
    }
}
