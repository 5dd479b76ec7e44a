package io.coordination.spring.lock;

import io.coordination.annotation.WithLock;
import java.util.function.Supplier;
import org.aopalliance.aop.Advice;
import org.springframework.aop.Pointcut;
import org.springframework.aop.support.AbstractPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;

/** Brings the advice to the methods annotated with {@code @WithLock}, directly or by another annotation. */
final class WithLockAdvisor extends AbstractPointcutAdvisor {

    private static final long serialVersionUID = 1L;

    private final transient Pointcut pointcut = new AnnotationMatchingPointcut(null, WithLock.class, true);
    private final transient Advice advice;

    WithLockAdvisor(Supplier<LockedMethods> methods, RunningTransaction transaction) {
        this.advice = new WithLockInterceptor(methods, transaction);
        setOrder(WithLock.ORDER);
    }

    @Override
    public Pointcut getPointcut() {
        return pointcut;
    }

    @Override
    public Advice getAdvice() {
        return advice;
    }
}
