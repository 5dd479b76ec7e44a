package io.coordination.process;

import io.coordination.annotation.WithLock;
import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.Lease;
import java.util.function.Consumer;

/** A method with the annotation, as an application has it. */
class BoxOffice {

    private final DistributedLockManager locks;

    BoxOffice(DistributedLockManager locks) {
        this.locks = locks;
    }

    @WithLock(name = Load.NAME, key = "#seat")
    public void sell(String seat, Consumer<? super Lease> sale) {
        sale.accept(locks.current().orElseThrow());
    }
}
