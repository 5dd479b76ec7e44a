package io.coordination.sample.sale;

import io.coordination.annotation.WithLock;
import io.coordination.jdbc.JdbcFencingGuard;
import io.coordination.lock.DistributedLockManager;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Where buyers are served: the same code without a lock, and with one. */
@Service
class Counter {

    private final CheckThenAct seats;
    private final DistributedLockManager locks;
    private final JdbcFencingGuard fence;

    Counter(CheckThenAct seats, DistributedLockManager locks, JdbcFencingGuard fence) {
        this.seats = seats;
        this.locks = locks;
        this.fence = fence;
    }

    /** Sells a seat twice when two buyers come at the same time. A transaction alone does not help. */
    @Transactional
    SaleOutcome buyWithoutLock(long seatId, String buyer) {
        return seats.sell(seatId, buyer);
    }

    /** The lock is taken before the transaction begins, and released after it has ended. */
    @WithLock(name = "seat", key = "#seatId")
    @Transactional
    SaleOutcome buy(long seatId, String buyer) {
        refuseStaleLease();
        return seats.sell(seatId, buyer);
    }

    @WithLock(name = "seat", key = "#seatId")
    @Transactional
    SaleOutcome reserve(long seatId, String buyer) {
        refuseStaleLease();
        return seats.reserve(seatId, buyer);
    }

    @WithLock(name = "seat", key = "#seatId")
    @Transactional
    SaleOutcome release(long seatId, String buyer) {
        refuseStaleLease();
        return seats.release(seatId, buyer);
    }

    /** A lease can end unnoticed, for instance while the machine was suspended: then the database refuses the write. */
    private void refuseStaleLease() {
        fence.check(locks.current().orElseThrow());
    }
}
