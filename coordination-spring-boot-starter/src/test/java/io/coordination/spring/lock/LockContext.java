package io.coordination.spring.lock;

import io.coordination.spring.autoconfigure.CoordinationAutoConfiguration;
import io.coordination.spring.autoconfigure.WithLockAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;

/** Applications with {@code @WithLock}. */
final class LockContext {

    private LockContext() {}

    static ApplicationContextRunner with(Class<?>... beans) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        AopAutoConfiguration.class,
                        CoordinationAutoConfiguration.class,
                        WithLockAutoConfiguration.class))
                .withPropertyValues("coordination.store=local")
                .withUserConfiguration(beans);
    }

    static ApplicationContextRunner withDatabaseAnd(Class<?>... beans) {
        return with(beans)
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class,
                        TransactionAutoConfiguration.class))
                .withPropertyValues("spring.datasource.generate-unique-name=true");
    }
}
