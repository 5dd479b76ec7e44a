package io.coordination.process;

import io.coordination.jdbc.JdbcFencingGuard;
import io.coordination.lock.Lease;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

/** Writes of one run of an instance, guarded by the fence in the transaction of each. */
class Ledger {

    private final JdbcTemplate jdbc;
    private final JdbcFencingGuard guard;
    private final String writer;
    private final boolean guarded;

    /** @param guarded false to see what happens without a guard */
    Ledger(JdbcTemplate jdbc, JdbcFencingGuard guard, String writer, boolean guarded) {
        this.jdbc = jdbc;
        this.guard = guard;
        this.writer = writer;
        this.guarded = guarded;
    }

    @Transactional
    public void write(Lease lease) {
        if (guarded) {
            guard.check(lease);
        }
        // The number of the row is drawn under the guard's lock: it tells the order of the commits
        jdbc.update(
                "insert into entry (seat, token, writer) values (?, ?, ?)",
                lease.resource().key(),
                lease.token().value(),
                writer);
    }
}
