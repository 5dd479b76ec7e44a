package io.coordination.jdbc;

import io.coordination.lock.FencingToken;
import io.coordination.lock.Resource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcOperations;

/** H2. */
record H2Fence(FenceTable table) implements FenceDialect {

    @Override
    public boolean raise(JdbcOperations jdbc, Resource resource, FencingToken token) {
        try {
            return merge(jdbc, resource, token);
        } catch (DuplicateKeyException anotherInsertedMeanwhile) {
            return merge(jdbc, resource, token);
        }
    }

    private boolean merge(JdbcOperations jdbc, Resource resource, FencingToken token) {
        String sql = "merge into " + table.name() + " as fence using (select cast(? as varchar(512)) as lock_name,"
                + " cast(? as varchar(512)) as lock_key, cast(? as bigint) as token) as mine"
                + " on fence.lock_name = mine.lock_name and fence.lock_key = mine.lock_key"
                + " when matched and fence.token <= mine.token then update set token = mine.token"
                + " when not matched then insert (lock_name, lock_key, token)"
                + " values (mine.lock_name, mine.lock_key, mine.token)";
        return jdbc.update(sql, resource.name(), resource.key(), token.value()) == 1;
    }
}
