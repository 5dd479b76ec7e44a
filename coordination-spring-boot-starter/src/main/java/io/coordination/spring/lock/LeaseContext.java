package io.coordination.spring.lock;

import io.coordination.lock.Lease;
import io.coordination.lock.Resource;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Leases in a Reactor context: the innermost under {@code Lease.class}, for reading, and under a key that nobody else has
 * all of them, which is the right to re-enter.
 */
final class LeaseContext {

    private record Right(Lease lease, @Nullable Right outer) {}

    private LeaseContext() {}

    static Context with(Context context, Lease lease) {
        Right outer = context.getOrDefault(Right.class, null);
        return context.put(Lease.class, lease).put(Right.class, new Right(lease, outer));
    }

    static @Nullable Lease find(ContextView context, Resource resource) {
        Right right = context.getOrDefault(Right.class, null);
        while (right != null && !right.lease().resource().equals(resource)) {
            right = right.outer();
        }
        return right == null ? null : right.lease();
    }
}
