package io.coordination.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coordination.jdbc.JdbcFencingGuard;
import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.FencingToken;
import io.coordination.lock.Resource;
import io.coordination.lock.StaleTokenException;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcFencingAutoConfigurationTests {

    private static final Resource SEAT = Resource.of("seat", "12");

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withPropertyValues("coordination.store=local")
            .withConfiguration(
                    AutoConfigurations.of(CoordinationAutoConfiguration.class, JdbcFencingAutoConfiguration.class));

    private final ApplicationContextRunner embedded = context.withPropertyValues(
                    "spring.datasource.generate-unique-name=true")
            .withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    DataSourceInitializationAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    JdbcTemplateAutoConfiguration.class,
                    TransactionAutoConfiguration.class));

    @Test
    void aStaleLeaseIsRefusedInTheTransactionOfTheApplication() {
        embedded.run(started -> {
            JdbcFencingGuard guard = started.getBean(JdbcFencingGuard.class);
            DistributedLockManager locks = started.getBean(DistributedLockManager.class);
            var stale = locks.acquire(SEAT);
            stale.close();
            locks.run(SEAT, lease -> transaction(started).executeWithoutResult(status -> guard.check(lease)));

            assertThatThrownBy(() -> transaction(started).executeWithoutResult(status -> guard.check(stale)))
                    .isInstanceOf(StaleTokenException.class);
        });
    }

    @Test
    void theTableIsThereBeforeBeansThatUseTheDatabase() {
        embedded.withUserConfiguration(ChecksWhileStarting.class)
                .run(started -> assertThat(started.getBean("fencesAtStart")).isEqualTo(0));
    }

    @Test
    void theScriptsOfTheApplicationRunAsWell() {
        embedded.withPropertyValues("spring.sql.init.schema-locations=classpath:application-tables.sql")
                .run(started -> assertThat(count(started, "seat")).isZero());
    }

    @Test
    void theTableHasTheNameThatIsSet() {
        embedded.withPropertyValues("coordination.jdbc.fence-table=seat_fence").run(started -> {
            check(started, 7);
            assertThat(count(started, "seat_fence")).isEqualTo(1);
        });
    }

    @Test
    void theDatabaseIsLeftAloneWhereThatIsSet() {
        context.withBean("only", DataSource.class, () -> server("only"))
                .withPropertyValues("coordination.jdbc.initialize-schema=never")
                .run(started -> assertThatThrownBy(() -> check(started, 7)).hasMessageContaining("coordination_fence"));
    }

    @Test
    void theNamedOneOfSeveralDataSourcesIsGuarded() {
        several("orders").run(started -> {
            new TransactionTemplate(new JdbcTransactionManager(started.getBean("orders", DataSource.class)))
                    .executeWithoutResult(
                            status -> started.getBean(JdbcFencingGuard.class).check(SEAT, new FencingToken(7)));
            assertThat(new JdbcTemplate(started.getBean("orders", DataSource.class))
                            .queryForObject("select count(*) from coordination_fence", Integer.class))
                    .isEqualTo(1);
        });
    }

    @Test
    void ofSeveralDataSourcesNoneIsChosen() {
        several("").run(started -> assertThat(started).hasNotFailed().doesNotHaveBean(JdbcFencingGuard.class));
    }

    @Test
    void aNameThatNoDataSourceHasIsRefusedWithTheNamesThatThereAre() {
        several("nope")
                .run(started -> assertThat(started)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(
                                InvalidConfigurationPropertyValueException.class,
                                e -> assertThat(e.getReason()).contains("orders", "invoices")));
    }

    @Test
    void aGuardOfTheApplicationTakesThePlaceOfOurs() {
        embedded.withBean("own", JdbcFencingGuard.class, () -> new JdbcFencingGuard(server("own")))
                .run(started ->
                        assertThat(started).getBean(JdbcFencingGuard.class).isSameAs(started.getBean("own")));
    }

    private ApplicationContextRunner several(String named) {
        ApplicationContextRunner two = context.withPropertyValues("coordination.jdbc.initialize-schema=always")
                .withBean("orders", DataSource.class, () -> server("orders"))
                .withBean("invoices", DataSource.class, () -> server("invoices"));
        return named.isEmpty() ? two : two.withPropertyValues("coordination.jdbc.data-source=" + named);
    }

    private static void check(ApplicationContext started, long token) {
        transaction(started)
                .executeWithoutResult(
                        status -> started.getBean(JdbcFencingGuard.class).check(SEAT, new FencingToken(token)));
    }

    private static TransactionTemplate transaction(ApplicationContext started) {
        return new TransactionTemplate(new JdbcTransactionManager(started.getBean(DataSource.class)));
    }

    private static int count(ApplicationContext started, String table) {
        Integer rows = new JdbcTemplate(started.getBean(DataSource.class))
                .queryForObject("select count(*) from " + table, Integer.class);
        return rows == null ? -1 : rows;
    }

    private static DataSource server(String name) {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:" + name + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return h2;
    }

    @Configuration(proxyBeanMethods = false)
    static class ChecksWhileStarting {

        @Bean
        Integer fencesAtStart(JdbcTemplate jdbc) {
            return jdbc.queryForObject("select count(*) from coordination_fence", Integer.class);
        }
    }
}
