package io.coordination.spring.lock;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInvocation;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodClassKey;

/** The annotated methods that were called or found at start-up; each is read once. */
final class LockedMethods {

    private final Map<MethodClassKey, LockedMethod> methods = new ConcurrentHashMap<>();
    private final LockedMethodReader reader;

    LockedMethods(LockedMethodReader reader) {
        this.reader = reader;
    }

    /** @throws InvalidWithLockException if the annotation is wrong, which start-up tells of every bean it knows */
    LockedMethod of(MethodInvocation invocation) {
        Object target = invocation.getThis();
        Class<?> type = target == null ? invocation.getMethod().getDeclaringClass() : target.getClass();
        MethodClassKey key = new MethodClassKey(invocation.getMethod(), type);
        LockedMethod known = methods.get(key);
        return known == null ? read(key, invocation) : known;
    }

    private LockedMethod read(MethodClassKey key, MethodInvocation invocation) {
        Object target = invocation.getThis();
        Class<?> targetClass =
                target == null ? invocation.getMethod().getDeclaringClass() : AopUtils.getTargetClass(target);
        Method method = AopUtils.getMostSpecificMethod(invocation.getMethod(), targetClass);
        List<String> problems = new ArrayList<>();
        LockedMethod read = reader.read(method, targetClass, problems);
        if (read == null) {
            throw new InvalidWithLockException(problems.stream()
                    .map(what -> new WithLockProblem(MethodPlace.inWords(method, targetClass), what))
                    .toList());
        }
        methods.put(key, read);
        return read;
    }
}
