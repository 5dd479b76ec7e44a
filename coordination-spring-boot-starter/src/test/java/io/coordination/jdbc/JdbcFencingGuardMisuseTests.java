package io.coordination.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.coordination.lock.FencingToken;
import io.coordination.lock.Resource;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcFencingGuardMisuseTests {

    private static final Resource SEAT = Resource.of("seat", "12");
    private static final FencingToken TOKEN = new FencingToken(7);

    private final DataSource dataSource = h2();
    private final JdbcFencingGuard guard = new JdbcFencingGuard(dataSource);

    @Test
    void withoutATransactionTheCheckIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> guard.check(SEAT, TOKEN))
                .withMessageContaining("\"seat\" [12]")
                .withMessageContaining("no transaction is active")
                .withMessageContaining("@Transactional");
    }

    @Test
    void inATransactionOfAnotherDataSourceTheCheckIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> inTransaction(h2(), () -> guard.check(SEAT, TOKEN)))
                .withMessageContaining("not one of the guard's data source");
    }

    @Test
    void aMissingTableIsNamedWithTheScriptThatMakesIt() {
        assertThatIllegalStateException()
                .isThrownBy(() -> inTransaction(dataSource, () -> guard.check(SEAT, TOKEN)))
                .withMessageContaining("coordination_fence")
                .withMessageContaining("io/coordination/jdbc/schema.sql")
                .withMessageContaining("coordination.jdbc.initialize-schema=always");
        assertThat(getClass().getResource("/io/coordination/jdbc/schema.sql")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "fence; drop table seat", "fence--", "a.b.c", "1fence", "fence\"", "fänce"})
    void whatIsNotAPlainIdentifierIsNotATableName(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new FenceTable(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fence", "_fence2", "sales.fence"})
    void plainIdentifiersAreTableNames(String name) {
        assertThatCode(() -> new FenceTable(name)).doesNotThrowAnyException();
    }

    private static void inTransaction(DataSource dataSource, Runnable work) {
        new TransactionTemplate(new JdbcTransactionManager(dataSource)).executeWithoutResult(status -> work.run());
    }

    private static DataSource h2() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return h2;
    }
}
