package io.coordination.spring.lock;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** How a call runs under its lock. */
interface LockedCall {

    @Nullable
    Object run(MethodInvocation invocation, LockedMethod method) throws Throwable;
}
