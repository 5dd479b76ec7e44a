package io.coordination.jdbc;

import io.coordination.lock.FencingToken;
import io.coordination.lock.Resource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcOperations;

/** Any database with standard SQL in which a transaction survives a duplicate key. */
record PlainFence(FenceTable table) implements FenceDialect {

    @Override
    public boolean raise(JdbcOperations jdbc, Resource resource, FencingToken token) {
        if (update(jdbc, resource, token)) {
            return true;
        }
        try {
            String sql = "insert into " + table.name() + " (lock_name, lock_key, token) values (?, ?, ?)";
            return jdbc.update(sql, resource.name(), resource.key(), token.value()) == 1;
        } catch (DuplicateKeyException alreadyThere) {
            // Either a larger token, or one that another transaction has inserted meanwhile: only a second look can
            // tell
            return update(jdbc, resource, token);
        }
    }

    private boolean update(JdbcOperations jdbc, Resource resource, FencingToken token) {
        String sql = "update " + table.name() + " set token = ? where lock_name = ? and lock_key = ? and token <= ?";
        return jdbc.update(sql, token.value(), resource.name(), resource.key(), token.value()) == 1;
    }
}
