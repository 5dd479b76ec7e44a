package io.coordination.spring.lock;

import io.coordination.annotation.WithLock;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;

/**
 * Reads the annotated methods of all beans at start-up, lazy ones included, without creating any; fails with everything that
 * is wrong, or tells the names of the locks.
 */
final class WithLockValidator implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger("io.coordination.lock");

    private final ConfigurableListableBeanFactory beans;
    private final LockedMethodReader reader;
    private final ConfiguredLocks configured;
    private final InterceptionRules interception;

    WithLockValidator(ConfigurableListableBeanFactory beans, LockedMethodReader reader, ConfiguredLocks configured) {
        this.beans = beans;
        this.reader = reader;
        this.configured = configured;
        this.interception = new InterceptionRules(beans);
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<WithLockProblem> problems = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        for (String beanName : beans.getBeanNamesForType(Object.class, true, false)) {
            Class<?> type = annotatedClass(beanName);
            if (type != null) {
                check(beanName, type, names, problems);
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidWithLockException(problems);
        }
        if (!names.isEmpty()) {
            beans.getBeanProvider(LockNameListener.class).forEach(listener -> names.forEach(listener::lockNamed));
        }
        configured.names().keySet().stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> log.debug(
                        "coordination.locks.names has settings for the lock \"{}\", which no annotated method uses",
                        name));
    }

    private @Nullable Class<?> annotatedClass(String beanName) {
        // Not the proxy of a scope, but the bean behind it, is what gets the lock.
        if (beans.containsBeanDefinition(ScopedProxyUtils.getTargetBeanName(beanName))
                || beanName.startsWith("org.springframework.")) {
            return null;
        }
        Class<?> type;
        try {
            type = AutoProxyUtils.determineTargetClass(beans, beanName);
        } catch (RuntimeException | LinkageError unknown) {
            log.debug(
                    "The class of the bean {} cannot be told; its methods are checked when they are called",
                    beanName,
                    unknown);
            return null;
        }
        if (type == null || type.getName().startsWith("org.springframework.")) {
            return null;
        }
        Class<?> user = ClassUtils.getUserClass(type);
        return AnnotationUtils.isCandidateClass(user, WithLock.class) ? user : null;
    }

    private void check(String beanName, Class<?> type, Set<String> names, List<WithLockProblem> problems) {
        for (Method method : annotatedMethods(type).keySet()) {
            List<String> found = new ArrayList<>();
            String objection = interception.objectionTo(method, type, beanName);
            if (objection != null) {
                found.add(objection);
            }
            LockedMethod locked = reader.read(method, type, found);
            if (locked != null) {
                names.add(locked.name());
            }
            String place = "bean \"" + beanName + "\", " + MethodPlace.inWords(method, type);
            found.forEach(what -> problems.add(new WithLockProblem(place, what)));
        }
    }

    private static Map<Method, Boolean> annotatedMethods(Class<?> type) {
        return MethodIntrospector.selectMethods(type, (MethodIntrospector.MetadataLookup<Boolean>)
                method -> AnnotatedElementUtils.hasAnnotation(method, WithLock.class) ? Boolean.TRUE : null);
    }
}
