package io.coordination.spring.actuate;

import io.coordination.lock.LeaseState;
import io.coordination.lock.LockStatus;
import java.util.List;

/** Numbers over all locks of this instance. */
record LockTotals(int held, int waiting, int atRisk) {

    static LockTotals of(List<LockStatus> locks) {
        int held = 0;
        int waiting = 0;
        int atRisk = 0;
        for (LockStatus lock : locks) {
            waiting += lock.waiting();
            if (lock.held() != null) {
                held++;
                atRisk += lock.held().state() == LeaseState.AT_RISK ? 1 : 0;
            }
        }
        return new LockTotals(held, waiting, atRisk);
    }
}
