package io.coordination.spring.lock;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.util.ClassUtils;

/** Where a method is, for people. */
final class MethodPlace {

    private MethodPlace() {}

    static String inWords(Method method, Class<?> targetClass) {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(
                        ", ", ClassUtils.getUserClass(targetClass).getName() + "." + method.getName() + "(", ")"));
    }
}
