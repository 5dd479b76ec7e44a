package io.coordination.spring.lock;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.config.AopConfigUtils;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyConfig;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.Aware;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/** Which methods of a bean Spring's proxies can intercept. */
final class InterceptionRules {

    private final ConfigurableListableBeanFactory beans;

    InterceptionRules(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /** Why calls of the method would pass the lock by, or null if they do not. */
    @Nullable
    String objectionTo(Method method, Class<?> targetClass, String beanName) {
        int modifiers = method.getModifiers();
        if (Modifier.isPrivate(modifiers)) {
            return "a private method cannot be intercepted. Make it public.";
        }
        if (Modifier.isStatic(modifiers)) {
            return "a static method cannot be intercepted. Make it an instance method.";
        }
        Object bean = beans.getSingleton(beanName);
        if (bean instanceof FactoryBean) {
            bean = null;
        }
        if (bean != null && !mayHaveAdvice(bean)) {
            // Seen as it is; a final class or method is the more useful thing to say.
            String structural = classProxyObjection(method, targetClass);
            return structural != null
                    ? structural
                    : "the bean has no proxy with the lock, as it was created before the application was ready to make one."
                            + " Do not inject it into a BeanPostProcessor or something that one needs, or let that ask"
                            + " for it later, with an ObjectProvider.";
        }
        boolean byInterfaces =
                bean == null ? isProxiedByInterfaces(targetClass, beanName) : AopUtils.isJdkDynamicProxy(bean);
        return byInterfaces ? interfaceProxyObjection(method, targetClass) : classProxyObjection(method, targetClass);
    }

    /** A proxy that hides its advice is trusted. */
    private static boolean mayHaveAdvice(Object bean) {
        return bean instanceof Advised advised
                ? Arrays.stream(advised.getAdvisors()).anyMatch(WithLockAdvisor.class::isInstance)
                : AopUtils.isAopProxy(bean);
    }

    private static @Nullable String classProxyObjection(Method method, Class<?> targetClass) {
        if (Modifier.isFinal(method.getModifiers())) {
            return "a final method cannot be intercepted. Remove final.";
        }
        if (Modifier.isFinal(targetClass.getModifiers())) {
            return "the class is final, so its methods cannot be intercepted. Remove final, or let it implement an"
                    + " interface with this method and set spring.aop.proxy-target-class to false.";
        }
        return null;
    }

    private static @Nullable String interfaceProxyObjection(Method method, Class<?> targetClass) {
        if (method.getDeclaringClass().isInterface()) {
            return null;
        }
        for (Class<?> type : ClassUtils.getAllInterfacesForClassAsSet(targetClass)) {
            if (ReflectionUtils.findMethod(type, method.getName(), method.getParameterTypes()) != null
                    || hasBridgeTo(type, method)) {
                return null;
            }
        }
        return "the bean has a proxy of its interfaces, and none of them has this method. Add it to one, or set"
                + " spring.aop.proxy-target-class to true.";
    }

    private static boolean hasBridgeTo(Class<?> type, Method method) {
        for (Method declared : type.getMethods()) {
            if (ClassUtils.getMostSpecificMethod(declared, method.getDeclaringClass())
                    .equals(method)) {
                return true;
            }
        }
        return false;
    }

    private boolean isProxiedByInterfaces(Class<?> targetClass, String beanName) {
        if (AutoProxyUtils.shouldProxyTargetClass(beans, beanName)
                || beans.getBean(AopConfigUtils.AUTO_PROXY_CREATOR_BEAN_NAME, ProxyConfig.class)
                        .isProxyTargetClass()) {
            return false;
        }
        return ClassUtils.getAllInterfacesForClassAsSet(targetClass).stream().anyMatch(InterceptionRules::isForCallers);
    }

    private static boolean isForCallers(Class<?> type) {
        return type.getMethods().length > 0
                && type != InitializingBean.class
                && type != DisposableBean.class
                && type != AutoCloseable.class
                && type != java.io.Closeable.class
                && !Aware.class.isAssignableFrom(type);
    }
}
