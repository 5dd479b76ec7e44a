package io.coordination.spring.autoconfigure;

import io.coordination.jdbc.FenceTable;
import io.coordination.jdbc.JdbcFencingGuard;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The fencing guard for data in a database, where there is one data source or one is named. */
@AutoConfiguration(afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnClass({
    DataSource.class,
    JdbcTemplate.class,
    TransactionSynchronizationManager.class,
    DataSourceScriptDatabaseInitializer.class
})
@Conditional(JdbcFencingAutoConfiguration.OneDataSource.class)
@EnableConfigurationProperties(CoordinationProperties.class)
public final class JdbcFencingAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    FenceTableInitializer coordinationFenceTableInitializer(
            CoordinationProperties properties, ListableBeanFactory beans) {
        DatabaseInitializationMode mode = switch (properties.jdbc().initializeSchema()) {
            case ALWAYS -> DatabaseInitializationMode.ALWAYS;
            case EMBEDDED -> DatabaseInitializationMode.EMBEDDED;
            case NEVER -> DatabaseInitializationMode.NEVER;
        };
        return new FenceTableInitializer(dataSource(properties, beans), table(properties), mode);
    }

    @Bean
    @ConditionalOnMissingBean
    @DependsOnDatabaseInitialization
    JdbcFencingGuard coordinationJdbcFencingGuard(CoordinationProperties properties, ListableBeanFactory beans) {
        return new JdbcFencingGuard(dataSource(properties, beans), table(properties));
    }

    private static FenceTable table(CoordinationProperties properties) {
        return new FenceTable(properties.jdbc().fenceTable());
    }

    private static DataSource dataSource(CoordinationProperties properties, ListableBeanFactory beans) {
        String name = properties.jdbc().dataSource();
        if (name == null) {
            return beans.getBean(DataSource.class);
        }
        List<String> known = List.of(beans.getBeanNamesForType(DataSource.class));
        if (!known.contains(name)) {
            throw new InvalidConfigurationPropertyValueException(
                    "coordination.jdbc.data-source",
                    name,
                    "No DataSource bean has this name. There are: " + String.join(", ", known) + ".");
        }
        return beans.getBean(name, DataSource.class);
    }

    static final class OneDataSource extends AnyNestedCondition {

        OneDataSource() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnSingleCandidate(DataSource.class)
        static final class Only {}

        @ConditionalOnProperty("coordination.jdbc.data-source")
        static final class Named {}
    }
}
