package io.coordination.spring.lock;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** The root object of key expressions. Its getters are what an expression may name without a {@code #}. */
final class KeyRoot {

    private final Method method;
    private final @Nullable Object target;
    private final @Nullable Object[] args;

    KeyRoot(Method method, @Nullable Object target, @Nullable Object[] args) {
        this.method = method;
        this.target = target;
        this.args = args;
    }

    public Method getMethod() {
        return method;
    }

    public String getMethodName() {
        return method.getName();
    }

    public @Nullable Object getTarget() {
        return target;
    }

    public @Nullable Object[] getArgs() {
        return args;
    }
}
