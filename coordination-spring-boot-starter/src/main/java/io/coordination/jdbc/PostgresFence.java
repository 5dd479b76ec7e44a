package io.coordination.jdbc;

import io.coordination.lock.FencingToken;
import io.coordination.lock.Resource;
import org.springframework.jdbc.core.JdbcOperations;

/** PostgreSQL: a statement that fails spoils its transaction, so insert and update have to be one that does not. */
record PostgresFence(FenceTable table) implements FenceDialect {

    @Override
    public boolean raise(JdbcOperations jdbc, Resource resource, FencingToken token) {
        String sql = "insert into " + table.name() + " as fence (lock_name, lock_key, token) values (?, ?, ?)"
                + " on conflict (lock_name, lock_key) do update set token = excluded.token"
                + " where fence.token <= excluded.token";
        return jdbc.update(sql, resource.name(), resource.key(), token.value()) == 1;
    }
}
