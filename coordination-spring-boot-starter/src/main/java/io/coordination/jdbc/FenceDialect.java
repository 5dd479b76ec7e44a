package io.coordination.jdbc;

import io.coordination.lock.FencingToken;
import io.coordination.lock.Resource;
import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.jdbc.core.JdbcOperations;

/** How a database raises the token of a resource. */
sealed interface FenceDialect permits PostgresFence, H2Fence, PlainFence {

    /**
     * Stores {@code token} unless a larger one is stored.
     *
     * @return whether it did
     */
    boolean raise(JdbcOperations jdbc, Resource resource, FencingToken token);

    /** The dialect of the database behind a connection. */
    static FenceDialect of(Connection connection, FenceTable table) throws SQLException {
        return switch (connection.getMetaData().getDatabaseProductName()) {
            case "PostgreSQL" -> new PostgresFence(table);
            case "H2" -> new H2Fence(table);
            default -> new PlainFence(table);
        };
    }
}
