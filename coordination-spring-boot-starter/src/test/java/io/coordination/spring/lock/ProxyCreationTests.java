package io.coordination.spring.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.annotation.WithLock;
import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.Lease;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.aop.Advisor;
import org.springframework.aop.config.AopConfigUtils;
import org.springframework.aop.framework.autoproxy.InfrastructureAdvisorAutoProxyCreator;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Lazy;
import org.springframework.util.ClassUtils;

@Tag("aop")
class ProxyCreationTests {

    private static final boolean ASPECTJ = Boolean.getBoolean("coordination.test.aspectj");

    @Test
    void aspectJIsOnTheClassPathExactlyWhenTheBuildSaysSo() {
        assertThat(ClassUtils.isPresent("org.aspectj.weaver.Advice", null)).isEqualTo(ASPECTJ);
        LockContext.with(Till.class).run(app -> {
            Object creator = app.getBean(AopConfigUtils.AUTO_PROXY_CREATOR_BEAN_NAME);
            assertThat(creator.getClass() == InfrastructureAdvisorAutoProxyCreator.class)
                    .isNotEqualTo(ASPECTJ);
        });
    }

    @Test
    void theMethodRunsUnderTheLock() {
        LockContext.with(Till.class).run(app -> {
            assertThat(app.getBean(Till.class).heldInside()).isTrue();
            assertThat(app.getBean(DistributedLockManager.class).locks()).isEmpty();
        });
    }

    @Test
    void theMethodRunsUnderTheLockWhenSpringIsToldNotToMakeProxies() {
        LockContext.with(Till.class)
                .withPropertyValues("spring.aop.auto=false")
                .run(app -> assertThat(app.getBean(Till.class).heldInside()).isTrue());
    }

    @Test
    void theMethodRunsUnderTheLockInALazyBean() {
        LockContext.with(LazyTill.class)
                .run(app -> assertThat(app.getBean(LazyTill.class).heldInside()).isTrue());
    }

    @Test
    void theMethodRunsUnderTheLockWhenAllBeansAreLazy() {
        LockContext.with(Till.class)
                .withInitializer(app -> app.addBeanFactoryPostProcessor(
                        new org.springframework.boot.LazyInitializationBeanFactoryPostProcessor()))
                .run(app -> assertThat(app.getBean(Till.class).heldInside()).isTrue());
    }

    @Test
    void theMethodRunsUnderTheLockWithoutTransactionsOrReactor() {
        byInterfaces()
                .withClassLoader(new FilteredClassLoader("org.springframework.transaction", "reactor"))
                .run(app -> {
                    assertThat(app).hasNotFailed().doesNotHaveBean("coordinationCommitCheckRegistrar");
                    assertThat(app.getBean(Counter.class).annotatedHere()).isTrue();
                });
    }

    @Test
    void anAnnotatedInterfaceMethodRunsUnderTheLockBehindAProxyOfInterfaces() {
        byInterfaces().run(app -> {
            Counter counter = app.getBean(Counter.class);
            assertThat(AopUtils.isJdkDynamicProxy(counter)).isTrue();
            assertThat(counter.annotatedThere()).isTrue();
        });
    }

    @Test
    void anAnnotatedClassMethodRunsUnderTheLockBehindAProxyOfInterfaces() {
        byInterfaces()
                .run(app ->
                        assertThat(app.getBean(Counter.class).annotatedHere()).isTrue());
    }

    @Test
    void anAnnotatedInterfaceMethodRunsUnderTheLockBehindAProxyOfTheClass() {
        LockContext.with(LockedCounter.class).run(app -> {
            assertThat(AopUtils.isCglibProxy(app.getBean(Counter.class))).isTrue();
            assertThat(app.getBean(Counter.class).annotatedThere()).isTrue();
        });
    }

    @Test
    void theAdviceIsOfTheInfrastructureAndLiesAroundTransactions() {
        LockContext.with(Till.class).run(app -> {
            String name = app.getBeanNamesForType(WithLockAdvisor.class)[0];
            assertThat(app.getBeanFactory().getBeanDefinition(name).getRole())
                    .isEqualTo(org.springframework.beans.factory.config.BeanDefinition.ROLE_INFRASTRUCTURE);
            assertThat(app.getBean(name, Advisor.class))
                    .isInstanceOfSatisfying(
                            WithLockAdvisor.class,
                            advisor -> assertThat(advisor.getOrder()).isEqualTo(Integer.MAX_VALUE - 1000));
        });
    }

    private static ApplicationContextRunner byInterfaces() {
        return LockContext.with(LockedCounter.class).withPropertyValues("spring.aop.proxy-target-class=false");
    }

    static boolean isHeld(DistributedLockManager locks, String name) {
        return locks.current()
                .map(Lease::resource)
                .filter(held -> held.name().equals(name))
                .isPresent();
    }

    static class Till {

        private final DistributedLockManager locks;

        Till(DistributedLockManager locks) {
            this.locks = locks;
        }

        @WithLock("till")
        boolean heldInside() {
            return isHeld(locks, "till");
        }
    }

    @Lazy
    static class LazyTill extends Till {

        LazyTill(DistributedLockManager locks) {
            super(locks);
        }
    }

    // Public for the proxy that a class loader without some libraries makes.
    public interface Counter {

        @WithLock("counter")
        boolean annotatedThere();

        boolean annotatedHere();
    }

    static class LockedCounter implements Counter {

        private final DistributedLockManager locks;

        LockedCounter(DistributedLockManager locks) {
            this.locks = locks;
        }

        @Override
        public boolean annotatedThere() {
            return isHeld(locks, "counter");
        }

        @Override
        @WithLock("counter")
        public boolean annotatedHere() {
            return isHeld(locks, "counter");
        }
    }
}
