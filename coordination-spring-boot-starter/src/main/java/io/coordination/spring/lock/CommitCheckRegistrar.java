package io.coordination.spring.lock;

import io.coordination.lock.DistributedLockManager;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.transaction.ConfigurableTransactionManager;

/**
 * Adds the check to every transaction manager. Managers of locks are picked up as they pass by: looking one up at a commit
 * could ask for a bean that is being created by the very thread that commits.
 */
final class CommitCheckRegistrar implements BeanPostProcessor {

    private final List<DistributedLockManager> managers = new CopyOnWriteArrayList<>();
    private final CommitCheck check = new CommitCheck(managers);

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof ConfigurableTransactionManager transactions) {
            transactions.addListener(check);
        }
        if (bean instanceof DistributedLockManager locks) {
            managers.add(locks);
        }
        return bean;
    }
}
