package io.coordination.annotation;

import io.coordination.lock.OnLost;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AliasFor;

/**
 * A method that runs under a lease on a named resource, so that one caller at a time is inside.
 *
 * <pre>{@code
 * @WithLock(name = "seat", key = "#seat.id")
 * @Transactional
 * public Ticket reserve(Seat seat) { ... }
 * }</pre>
 *
 * <p>A lease can end while the method runs. Its fencing token is what protects the data then; inside the method it is
 * reached by {@link io.coordination.lock.DistributedLockManager#current()}, in a {@code Mono} or {@code Flux} as the value
 * of the key {@code Lease.class} in the Reactor context. If the lease is lost, a transaction under it is not committed and
 * the call ends with {@link io.coordination.lock.LeaseLostException}; an exception of the method itself wins and carries
 * the loss as a suppressed one.
 *
 * <p>Return types: the lock is held until a {@code CompletionStage}, {@code CompletableFuture}, {@code Mono} or {@code
 * Flux} has completed or was cancelled, and for all others until the method returns. {@code Mono} and {@code Flux} acquire
 * on each subscription, without blocking; all others block the calling thread while they wait. A reactive transaction is
 * not checked before its commit; {@link OnLost#INTERRUPT} cancels it.
 *
 * <p>Order: the lock is taken before a transaction of the same method begins and released after it has completed, and is
 * taken within {@code @Async} and anew for each attempt of {@code @Retryable}. A call from within a transaction keeps the
 * lock until that transaction has completed.
 *
 * <p>As with every Spring proxy, a call from within the same object does not pass through it; {@link
 * io.coordination.lock.DistributedLockManager#run} serves there. What cannot work (a private, static or final method, an
 * unreadable key, a wrong duration) stops the application at start-up.
 *
 * <p>Durations are written as {@code 5s}, {@code 100ms} or {@code PT5S}; in texts {@code ${...}} stands for a property.
 * What is not given here is as {@code coordination.locks} says; {@code coordination.locks.names.<name>} goes before both.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective
public @interface WithLock {

    /** The order of the advice: around that of {@code @Transactional}, whose order is the lowest unless it was changed. */
    int ORDER = Ordered.LOWEST_PRECEDENCE - 1000;

    /** The same as {@link #name()}. */
    @AliasFor("name")
    String value() default "";

    /** The name of the lock, taken literally. Simple name of the class, a dot and the name of the method by default. */
    @AliasFor("value")
    String name() default "";

    /**
     * A SpEL expression over the arguments that says which of the resources of this name is meant, such as {@code
     * #order.id}. Empty where there is only one. Its value must not be null, blank, a collection or an array.
     */
    String key() default "";

    /** How long the lease outlives its holder's last successful renewal. */
    String lease() default "";

    /** How long to wait for the lease; {@code 0s} tries once. {@code retryInterval} times {@code maxRetries} by default. */
    String waitAtMost() default "";

    /** The least pause between two attempts of one waiter. */
    String retryInterval() default "";

    /** With {@code retryInterval} the wait where {@code waitAtMost} is not given; -1 for not given. */
    int maxRetries() default -1;

    /** When the lease ends although the method goes on. */
    String maximumHold() default "";

    /** Whether the lease renews itself while the method runs; one value, or none for not given. */
    boolean[] renew() default {};

    /** What a lost lease does to the method; one value, or none for not given. */
    OnLost[] onLost() default {};

    /**
     * What happens when others hold the lock until the wait ends; one value, or none for not given. {@link WhenBusy#SKIP} is
     * for methods that return void, {@code Optional}, {@code Mono}, {@code Flux}, or a {@code CompletionStage} of {@code
     * Void} or {@code Optional}.
     */
    WhenBusy[] whenBusy() default {};
}
