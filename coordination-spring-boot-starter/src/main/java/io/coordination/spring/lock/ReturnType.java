package io.coordination.spring.lock;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.KotlinDetector;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/** What an annotated method returns, as far as it decides how long the lock is held and what a skipped call returns. */
enum ReturnType {
    /** Nothing, or a value that says nothing of being there or not. */
    VALUE,
    NOTHING,
    OPTIONAL,
    STAGE,
    STAGE_OF_NOTHING,
    STAGE_OF_OPTIONAL,
    MONO,
    FLUX;

    private static final boolean REACTIVE =
            ClassUtils.isPresent("reactor.core.publisher.Mono", ReturnType.class.getClassLoader());

    static ReturnType of(Method method, Class<?> targetClass) {
        ResolvableType type = ResolvableType.forMethodReturnType(method, targetClass);
        Class<?> raw = type.resolve(method.getReturnType());
        if (raw == void.class) {
            return NOTHING;
        }
        if (raw == Optional.class) {
            return OPTIONAL;
        }
        if (raw == CompletionStage.class || raw == CompletableFuture.class) {
            Class<?> value = type.getGeneric(0).resolve(Object.class);
            return value == Void.class ? STAGE_OF_NOTHING : value == Optional.class ? STAGE_OF_OPTIONAL : STAGE;
        }
        return switch (raw.getName()) {
            case "reactor.core.publisher.Mono" -> MONO;
            case "reactor.core.publisher.Flux" -> FLUX;
            default -> VALUE;
        };
    }

    boolean canSkip() {
        return this != VALUE && this != STAGE;
    }

    /** What a skipped call returns; for a Mono or Flux it is decided at the subscription. */
    @Nullable
    Object skipped() {
        return switch (this) {
            case OPTIONAL -> Optional.empty();
            case STAGE_OF_NOTHING -> CompletableFuture.completedFuture(null);
            case STAGE_OF_OPTIONAL -> CompletableFuture.completedFuture(Optional.empty());
            case NOTHING, VALUE, STAGE, MONO, FLUX -> null;
        };
    }

    /** Why the end of the method's work cannot be seen from what it returns, or null if it can. */
    static @Nullable String objectionTo(Method method) {
        Class<?> type = method.getReturnType();
        if (KotlinDetector.isSuspendingFunction(method)) {
            return "a suspending function is not supported. Return a Mono or Flux";
        }
        if (type == CompletionStage.class || type == CompletableFuture.class) {
            return null;
        }
        if (Future.class.isAssignableFrom(type) || CompletionStage.class.isAssignableFrom(type)) {
            return "it returns " + type.getSimpleName()
                    + ", whose completion cannot be followed. Return CompletableFuture or CompletionStage";
        }
        if (REACTIVE && PublisherRules.isOtherThanMonoOrFlux(type)) {
            return "it returns " + type.getSimpleName()
                    + ", whose subscriptions cannot be followed. Return Mono or Flux";
        }
        return null;
    }

    /** Apart, as Reactor may not be there. */
    private static final class PublisherRules {

        private PublisherRules() {}

        static boolean isOtherThanMonoOrFlux(Class<?> type) {
            return (Publisher.class.isAssignableFrom(type) || isAdaptable(type))
                    && type != reactor.core.publisher.Mono.class
                    && type != reactor.core.publisher.Flux.class;
        }

        // Not asked without need: the first question loads most of Reactor, at the start of the application.
        private static boolean isAdaptable(Class<?> type) {
            if (type.isPrimitive() || type.isArray()) {
                return false;
            }
            return type.getName().startsWith("java.")
                    ? type == Flow.Publisher.class
                    : ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
        }
    }
}
