package io.coordination.spring.lock;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.core.ResolvableType;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringUtils;

/**
 * Follows the properties of an argument as far as its declared type tells of them. Where a value may be of a subtype that
 * has more, nothing is said: a wrong objection would stop an application that works.
 */
final class PropertyPath {

    private ResolvableType type;

    PropertyPath(ResolvableType start) {
        this.type = start;
    }

    /** Goes one step on; what is missing there, or null. */
    @Nullable
    String follow(SpelNode step) {
        Class<?> owner = type.resolve();
        ResolvableType before = type;
        type = ResolvableType.NONE;
        if (owner == null || !isFullyKnown(owner)) {
            return null;
        }
        if (step instanceof PropertyOrFieldReference property) {
            return property(owner, before, property.getName());
        }
        if (step instanceof MethodReference call) {
            return method(owner, before, call);
        }
        return null;
    }

    private static boolean isFullyKnown(Class<?> owner) {
        return owner != Object.class
                && owner != Optional.class
                && !owner.isArray()
                && !owner.isPrimitive()
                && !Map.class.isAssignableFrom(owner)
                && !owner.isInterface()
                && !Modifier.isAbstract(owner.getModifiers());
    }

    private @Nullable String property(Class<?> owner, ResolvableType ownerType, String name) {
        Method getter = getter(owner, name);
        if (getter != null) {
            type = returned(getter, ownerType);
            return null;
        }
        var field = ReflectionUtils.findField(owner, name);
        if (field != null && Modifier.isPublic(field.getModifiers())) {
            type = ResolvableType.forField(field, ownerType);
            return null;
        }
        return "uses the unknown property " + name + " of " + owner.getSimpleName();
    }

    private static @Nullable Method getter(Class<?> owner, String name) {
        var descriptor = BeanUtils.getPropertyDescriptor(owner, name);
        if (descriptor == null) {
            descriptor = BeanUtils.getPropertyDescriptor(owner, StringUtils.uncapitalizeAsProperty(name));
        }
        if (descriptor != null && descriptor.getReadMethod() != null) {
            return descriptor.getReadMethod();
        }
        return Arrays.stream(owner.getMethods())
                .filter(method -> method.getName().equals(name) && method.getParameterCount() == 0)
                .findFirst()
                .orElse(null);
    }

    private @Nullable String method(Class<?> owner, ResolvableType ownerType, MethodReference call) {
        List<Method> candidates = Arrays.stream(owner.getMethods())
                .filter(method -> method.getName().equals(call.getName()))
                .filter(method -> method.isVarArgs() || method.getParameterCount() == call.getChildCount())
                .toList();
        if (candidates.size() == 1) {
            type = returned(candidates.get(0), ownerType);
        }
        return candidates.isEmpty()
                ? "calls the unknown method " + call.getName() + " of " + owner.getSimpleName()
                : null;
    }

    private static ResolvableType returned(Method method, ResolvableType ownerType) {
        return ResolvableType.forMethodReturnType(method, ownerType.toClass());
    }
}
