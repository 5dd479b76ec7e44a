package io.coordination.spring.lock;

import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/** The advice around methods annotated with {@code @WithLock}. */
final class WithLockInterceptor implements MethodInterceptor {

    private final Supplier<LockedMethods> methods;
    private final LockedCall synchronous;
    private final LockedCall stage;
    private final @Nullable LockedCall reactive;

    WithLockInterceptor(Supplier<LockedMethods> methods, RunningTransaction transaction) {
        this.methods = methods;
        this.synchronous = new SynchronousCall(transaction);
        this.stage = new StageCall(transaction);
        // Without Reactor no method can return what needs it.
        this.reactive =
                ClassUtils.isPresent("reactor.core.publisher.Mono", getClass().getClassLoader())
                        ? new ReactiveCall()
                        : null;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        LockedMethod method = methods.get().of(invocation);
        LockedCall call = switch (method.result()) {
            case VALUE, NOTHING, OPTIONAL -> synchronous;
            case STAGE, STAGE_OF_NOTHING, STAGE_OF_OPTIONAL -> stage;
            case MONO, FLUX -> reactive;
        };
        if (call == null) {
            throw new IllegalStateException(method.method() + " returns a publisher, but Reactor is not there.");
        }
        return call.run(invocation, method);
    }
}
