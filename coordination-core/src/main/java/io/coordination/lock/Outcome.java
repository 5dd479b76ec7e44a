package io.coordination.lock;

import java.util.function.Function;

/** How a wait ended, other than by the waiter giving up: with a grant or a refusal. */
sealed interface Outcome permits Grant, Refusal {

    <R> R match(Function<? super Grant, ? extends R> ifGranted, Function<? super Refusal, ? extends R> ifRefused);
}
