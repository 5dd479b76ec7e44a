package io.coordination.spring.lock;

import io.coordination.lock.Resource;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Map;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.core.convert.ConversionService;
import org.springframework.expression.BeanResolver;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.util.ObjectUtils;

/** The key that an expression has for the arguments of a call. Values are data: none is read as an expression again. */
final class KeyExpression implements LockKey {

    private final String name;
    private final SpelExpression expression;
    private final Method method;
    private final KeyContext.Shared context;
    private final ConversionService conversion;

    KeyExpression(
            String name,
            SpelExpression expression,
            Method method,
            @Nullable String @Nullable [] names,
            BeanResolver beans,
            ConversionService conversion) {
        this.name = name;
        this.expression = expression;
        this.method = method;
        this.context = new KeyContext.Shared(method, names, beans);
        this.conversion = conversion;
    }

    @Override
    public Resource resource(MethodInvocation invocation) {
        return Resource.of(name, text(expression.getValue(context.of(invocation))));
    }

    private String text(@Nullable Object result) {
        Object value = ObjectUtils.unwrapOptional(result);
        if (value == null) {
            throw refused("is null");
        }
        Class<?> type = value.getClass();
        if (type.isArray() || value instanceof Collection || value instanceof Map) {
            throw refused("is a " + type.getSimpleName() + ", not a single value");
        }
        String text = value instanceof String string
                ? string
                : conversion.canConvert(type, String.class)
                        ? conversion.convert(value, String.class)
                        : String.valueOf(value);
        if (text == null || text.isBlank()) {
            throw refused("is blank");
        }
        if (!BeanUtils.isSimpleValueType(type) && text.equals(ObjectUtils.identityToString(value))) {
            throw refused("is a " + type.getSimpleName() + ", which has no text of its own");
        }
        return text;
    }

    /** Falling back to one lock for all such calls would be slow where it is right, and hidden where it is wrong. */
    private IllegalArgumentException refused(String what) {
        return new IllegalArgumentException("The key \"" + expression.getExpressionString() + "\" of the lock \"" + name
                + "\" " + what + " for this call of " + MethodPlace.inWords(method, method.getDeclaringClass())
                + ". It must be a value that tells one resource from another, such as an id.");
    }
}
