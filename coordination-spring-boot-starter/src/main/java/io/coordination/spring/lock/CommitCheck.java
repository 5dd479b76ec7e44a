package io.coordination.spring.lock;

import io.coordination.lock.DistributedLockManager;
import java.util.List;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Lets no transaction commit under a lost lease. The transaction manager calls it just before it commits, and rolls back
 * when it throws; so the check comes before the commit although the advice lies around the transaction.
 */
final class CommitCheck implements TransactionExecutionListener {

    private final List<DistributedLockManager> managers;

    /** @param managers those whose leases are checked; may grow */
    CommitCheck(List<DistributedLockManager> managers) {
        this.managers = managers;
    }

    @Override
    public void beforeCommit(TransactionExecution transaction) {
        managers.forEach(DistributedLockManager::ensureHeld);
    }
}
