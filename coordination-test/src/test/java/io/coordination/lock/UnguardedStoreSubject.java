package io.coordination.lock;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/** A store that is right for one thread by definition, and that nothing protects from two: the specification itself. */
@Param(name = "ticket", gen = IntGen.class, conf = "0:2")
@Param(name = "resource", gen = IntGen.class, conf = "0:1")
public class UnguardedStoreSubject {

    private final StoreSpecification store = new StoreSpecification();

    @Operation
    public String acquire(@Param(name = "ticket") int ticket, @Param(name = "resource") int resource) {
        return store.acquire(ticket, resource);
    }

    @Operation
    public String renew(@Param(name = "ticket") int ticket, @Param(name = "resource") int resource) {
        return store.renew(ticket, resource);
    }

    @Operation
    public String release(@Param(name = "ticket") int ticket, @Param(name = "resource") int resource) {
        return store.release(ticket, resource);
    }
}
