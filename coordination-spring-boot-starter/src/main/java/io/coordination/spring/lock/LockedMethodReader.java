package io.coordination.spring.lock;

import io.coordination.annotation.WhenBusy;
import io.coordination.annotation.WithLock;
import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.LockOptions;
import io.coordination.lock.Resource;
import java.lang.reflect.Method;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationConfigurationException;
import org.springframework.util.ClassUtils;

/** Reads an annotated method, and finds everything that is wrong about it. */
final class LockedMethodReader {

    private final ConfiguredLocks configured;
    private final AnnotationTexts texts;
    private final KeyExpressions keys;
    private final Supplier<DistributedLockManager> locks;

    LockedMethodReader(
            ConfiguredLocks configured,
            AnnotationTexts texts,
            KeyExpressions keys,
            Supplier<DistributedLockManager> locks) {
        this.configured = configured;
        this.texts = texts;
        this.keys = keys;
        this.locks = locks;
    }

    /** The method, or null after having added to {@code problems} what is wrong. */
    @Nullable
    LockedMethod read(Method method, Class<?> targetClass, List<String> problems) {
        WithLock annotation = annotation(method, problems);
        if (annotation == null) {
            return null;
        }
        int before = problems.size();
        String name = name(annotation, method, problems);
        Resource single = resource(name, problems);
        LockKey key = annotation.key().isBlank()
                ? invocation -> single
                : keys.read(name, annotation.key(), method, targetClass, problems);
        LockSettings settings = configured.settings(name, new AnnotatedSettings(texts, problems).read(annotation));
        LockOptions options = options(name, settings, problems);
        WhenBusy whenBusy = settings.whenBusy() == null ? WhenBusy.FAIL : settings.whenBusy();
        ReturnType result = ReturnType.of(method, targetClass);
        String objection = ReturnType.objectionTo(method);
        if (objection != null) {
            problems.add(objection + ".");
        } else if (whenBusy == WhenBusy.SKIP && !result.canSkip()) {
            problems.add("a skipped call cannot be told from its result, which is "
                    + method.getReturnType().getSimpleName()
                    + ". Return void, Optional, Mono, Flux, or a CompletionStage of Void or Optional, or set whenBusy to"
                    + " FAIL on the method.");
        }
        if (key == null || problems.size() > before) {
            return null;
        }
        return new LockedMethod(method, name, key, options, whenBusy, result, locks);
    }

    private static @Nullable WithLock annotation(Method method, List<String> problems) {
        try {
            WithLock annotation = AnnotatedElementUtils.findMergedAnnotation(method, WithLock.class);
            if (annotation == null) {
                problems.add("the method is not annotated.");
            }
            return annotation;
        } catch (AnnotationConfigurationException contradiction) {
            problems.add("the annotation contradicts itself: " + contradiction.getMessage());
            return null;
        }
    }

    private String name(WithLock annotation, Method method, List<String> problems) {
        if (annotation.name().isEmpty()) {
            return ClassUtils.getUserClass(method.getDeclaringClass()).getSimpleName() + "." + method.getName();
        }
        return texts.resolve("name", annotation.name(), problems);
    }

    /** What is there once the name has been found good; a bad one ends up among the problems. */
    private static Resource resource(String name, List<String> problems) {
        try {
            return Resource.named(name);
        } catch (IllegalArgumentException invalid) {
            problems.add(String.valueOf(invalid.getMessage()));
            return Resource.named("invalid");
        }
    }

    private static LockOptions options(String name, LockSettings settings, List<String> problems) {
        try {
            return settings.over(LockOptions.defaults());
        } catch (IllegalArgumentException invalid) {
            problems.add("the settings of coordination.locks for \"" + name + "\": " + invalid.getMessage());
            return LockOptions.defaults();
        }
    }
}
