package io.coordination.spring.lock;

import io.coordination.lock.Lease;
import io.coordination.lock.LeaseFrame;
import io.coordination.lock.LeaseLostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The transaction that Spring has bound to the calling thread. */
final class ThreadBoundTransaction implements RunningTransaction {

    private static final Logger log = LoggerFactory.getLogger("io.coordination.lock");

    @Override
    public boolean keeps(Lease lease) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()
                || !TransactionSynchronizationManager.isActualTransactionActive()) {
            return false;
        }
        TransactionSynchronizationManager.registerSynchronization(new Release(lease, enter(lease)));
        log.debug(
                "The lock {} was taken inside the transaction {}: it is kept until that has completed",
                lease.resource(),
                TransactionSynchronizationManager.getCurrentTransactionName());
        return true;
    }

    private static LeaseFrame enter(Lease lease) {
        try {
            return lease.enter();
        } catch (LeaseLostException lost) {
            lease.close();
            throw lost;
        }
    }

    private record Release(Lease lease, LeaseFrame frame) implements TransactionSynchronization {

        @Override
        public void beforeCommit(boolean readOnly) {
            LostLease.throwIfLost(lease);
        }

        @Override
        public void afterCompletion(int status) {
            try {
                frame.close();
            } catch (LeaseLostException lost) {
                if (status != STATUS_ROLLED_BACK) {
                    log.warn("The lease was lost while its transaction was being committed", lost);
                }
            } finally {
                lease.close();
            }
        }
    }
}
