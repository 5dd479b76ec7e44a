package io.coordination.spring.lock;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.BeanResolver;
import org.springframework.expression.ConstructorResolver;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.IndexAccessor;
import org.springframework.expression.MethodResolver;
import org.springframework.expression.OperatorOverloader;
import org.springframework.expression.PropertyAccessor;
import org.springframework.expression.TypeComparator;
import org.springframework.expression.TypeConverter;
import org.springframework.expression.TypeLocator;
import org.springframework.expression.TypedValue;
import org.springframework.expression.spel.support.StandardEvaluationContext;

/**
 * What a key expression sees of one call: its arguments and the root object. All else is the same for all calls. A context
 * that copies the arguments into a map of its own for each call would cost more than the lock.
 */
final class KeyContext implements EvaluationContext {

    private final Shared shared;
    private final @Nullable Object[] arguments;
    private final TypedValue root;

    private KeyContext(Shared shared, MethodInvocation invocation) {
        this.shared = shared;
        this.arguments = invocation.getArguments();
        this.root = new TypedValue(new KeyRoot(shared.method, invocation.getThis(), arguments));
    }

    @Override
    public TypedValue getRootObject() {
        return root;
    }

    @Override
    public @Nullable Object lookupVariable(String name) {
        Integer position = shared.positions.get(name);
        return position == null ? null : arguments[position];
    }

    @Override
    public void setVariable(String name, @Nullable Object value) {
        throw new UnsupportedOperationException(
                "A key expression does not change #" + name + ": it says what a call is about.");
    }

    @Override
    public List<PropertyAccessor> getPropertyAccessors() {
        return shared.rest.getPropertyAccessors();
    }

    @Override
    public List<IndexAccessor> getIndexAccessors() {
        return shared.rest.getIndexAccessors();
    }

    @Override
    public List<ConstructorResolver> getConstructorResolvers() {
        return shared.rest.getConstructorResolvers();
    }

    @Override
    public List<MethodResolver> getMethodResolvers() {
        return shared.rest.getMethodResolvers();
    }

    @Override
    public @Nullable BeanResolver getBeanResolver() {
        return shared.rest.getBeanResolver();
    }

    @Override
    public TypeLocator getTypeLocator() {
        return shared.rest.getTypeLocator();
    }

    @Override
    public TypeConverter getTypeConverter() {
        return shared.rest.getTypeConverter();
    }

    @Override
    public TypeComparator getTypeComparator() {
        return shared.rest.getTypeComparator();
    }

    @Override
    public OperatorOverloader getOperatorOverloader() {
        return shared.rest.getOperatorOverloader();
    }

    /** What is the same for all calls of a method. Safe for any thread. */
    static final class Shared {

        private final Method method;
        private final Map<String, Integer> positions = new HashMap<>();
        private final StandardEvaluationContext rest = new StandardEvaluationContext();

        /** Arguments go by {@code #p0} and {@code #a0}, and by their names as far as these are known. */
        Shared(Method method, @Nullable String @Nullable [] names, BeanResolver beans) {
            this.method = method;
            for (int i = 0; i < method.getParameterCount(); i++) {
                positions.put("p" + i, i);
                positions.put("a" + i, i);
                String name = names == null ? null : names[i];
                if (name != null) {
                    positions.put(name, i);
                }
            }
            rest.setBeanResolver(beans);
        }

        KeyContext of(MethodInvocation invocation) {
            return new KeyContext(this, invocation);
        }
    }
}
