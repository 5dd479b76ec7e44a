package io.coordination.spring.lock;

import io.coordination.lock.Resource;
import org.aopalliance.intercept.MethodInvocation;

/** Says which resource a call is about. */
@FunctionalInterface
interface LockKey {

    Resource resource(MethodInvocation invocation);
}
