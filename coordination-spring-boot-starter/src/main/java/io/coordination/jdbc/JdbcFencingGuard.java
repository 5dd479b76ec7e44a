package io.coordination.jdbc;

import io.coordination.lock.FencingToken;
import io.coordination.lock.Lease;
import io.coordination.lock.Resource;
import io.coordination.lock.StaleTokenException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Refuses the writes of a holder whose lease has ended. It keeps the largest token seen of each resource in a table of the
 * database that holds the data, in the transaction that writes the data: a token lower than the stored one makes that
 * transaction roll back, an equal one passes, a larger one is stored when the transaction commits.
 *
 * <pre>{@code
 * @Transactional
 * void sell(Seat seat, Lease lease) {
 *     guard.check(lease);
 *     seats.save(seat.sold());
 * }
 * }</pre>
 *
 * <p>Check before the first read on which a write depends: from then on until the end of the transaction, others who check
 * the same resource wait. It asks the database alone; whether the lease is still held by this machine's clocks is for {@link
 * Lease#ensureHeld()} to say.
 *
 * <p>Threads: may be called from any thread, in the transaction of that thread. Blocking: one statement.
 */
public final class JdbcFencingGuard {

    private final JdbcTemplate jdbc;
    private final FenceTable table;
    private volatile @Nullable FenceDialect dialect;

    /** A guard with its table under the default name, {@value FenceTable#DEFAULT_NAME}. */
    public JdbcFencingGuard(DataSource dataSource) {
        this(dataSource, new FenceTable(FenceTable.DEFAULT_NAME));
    }

    /** A guard with its own table. */
    public JdbcFencingGuard(DataSource dataSource, FenceTable table) {
        this.jdbc = new JdbcTemplate(dataSource, true);
        this.table = table;
    }

    /** Checks the token of a lease; see {@link #check(Resource, FencingToken)}. */
    public void check(Lease lease) {
        check(lease.resource(), lease.token());
    }

    /**
     * Lets the transaction go on only if no larger token has been seen for the resource.
     *
     * @throws StaleTokenException if a larger one has; by Spring's rules the transaction then rolls back
     * @throws IllegalStateException if the calling thread is in no transaction on this data source, or the table is missing
     */
    public void check(Resource resource, FencingToken token) {
        FenceDialect fence = inTransaction(resource);
        boolean raised;
        try {
            raised = fence.raise(jdbc, resource, token);
        } catch (BadSqlGrammarException e) {
            throw new IllegalStateException(
                    "The write to " + resource + " cannot be checked: the table " + table.name()
                            + " is missing or is not as expected. Create it with io/coordination/jdbc/schema.sql"
                            + " from the jar of the starter, or set coordination.jdbc.initialize-schema=always.",
                    e);
        }
        if (!raised) {
            throw new StaleTokenException(resource, token);
        }
    }

    private FenceDialect inTransaction(Resource resource) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw noTransaction(resource, "no transaction is active");
        }
        FenceDialect found = jdbc.execute((Connection connection) -> {
            // A transaction of another data source is active too, but would not roll back what is written here
            if (connection.getAutoCommit()) {
                throw noTransaction(resource, "the active transaction is not one of the guard's data source");
            }
            return dialect(connection);
        });
        if (found == null) {
            throw new IllegalStateException("No dialect was found.");
        }
        return found;
    }

    private FenceDialect dialect(Connection connection) throws SQLException {
        FenceDialect known = dialect;
        if (known == null) {
            known = FenceDialect.of(connection, table);
            dialect = known;
        }
        return known;
    }

    private static IllegalStateException noTransaction(Resource resource, String what) {
        return new IllegalStateException("The write to " + resource + " cannot be checked: " + what
                + ". Call the guard inside the transaction that writes, for example in a @Transactional method; otherwise a"
                + " later holder could write between the check and the write.");
    }
}
