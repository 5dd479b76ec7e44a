package io.coordination.spring.lock;

import io.coordination.lock.DistributedLockManager;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.util.function.SingletonSupplier;

/**
 * The beans behind {@code @WithLock}. Without AspectJ on the class path Spring applies advisors of the infrastructure role
 * only, and says nothing about others: the role is what makes the annotation work there.
 */
@Configuration(proxyBeanMethods = false)
@Import(AutoProxyRegistrar.class)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public final class WithLockConfiguration {

    // Providers, because an advisor is made before all other beans and must not bring them into being so early.
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static WithLockAdvisor coordinationWithLockAdvisor(
            ObjectProvider<LockedMethodReader> reader, ObjectProvider<RunningTransaction> transaction) {
        return new WithLockAdvisor(
                SingletonSupplier.of(() -> new LockedMethods(reader.getObject())),
                transaction.getIfAvailable(() -> RunningTransaction.NONE));
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static LockedMethodReader coordinationLockedMethodReader(
            ConfigurableListableBeanFactory beans,
            ConfiguredLocks configured,
            ObjectProvider<DistributedLockManager> locks) {
        return new LockedMethodReader(
                configured,
                new AnnotationTexts(beans),
                new KeyExpressions(beans),
                SingletonSupplier.of(locks::getObject));
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static WithLockValidator coordinationWithLockValidator(
            ConfigurableListableBeanFactory beans, LockedMethodReader reader, ConfiguredLocks configured) {
        return new WithLockValidator(beans, reader, configured);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ConfigurableTransactionManager.class)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static class Transactions {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static RunningTransaction coordinationRunningTransaction() {
            return new ThreadBoundTransaction();
        }

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static CommitCheckRegistrar coordinationCommitCheckRegistrar() {
            return new CommitCheckRegistrar();
        }
    }
}
