package io.coordination.spring.autoconfigure;

import io.coordination.ProcessId;
import io.coordination.jdbc.FenceTable;
import io.coordination.lock.LockOptions;
import io.coordination.lock.Resource;
import io.coordination.spring.autoconfigure.CoordinationProperties.Jdbc;
import io.coordination.spring.autoconfigure.CoordinationProperties.Locks;
import io.coordination.spring.autoconfigure.CoordinationProperties.NamedLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.validation.Errors;

/**
 * What values the properties may have. Whatever core refuses is asked of core, one value at a time, so that every wrong
 * one is named and the rules are written once.
 */
final class PropertyRules {

    private final Errors errors;

    PropertyRules(Errors errors) {
        this.errors = errors;
    }

    void check(CoordinationProperties properties) {
        ifSet("node-id", properties.nodeId(), id -> new ProcessId(id, 0));
        new PeerRules(properties, errors).check();
        check(properties.locks());
        check(properties.jdbc());
    }

    private void check(Locks locks) {
        LockOptions fine = LockOptions.defaults();
        accepted("locks.lease", () -> fine.withLease(locks.lease()));
        accepted("locks.wait-at-most", () -> fine.withWaitAtMost(locks.waitAtMost()));
        accepted("locks.retry-interval", () -> fine.withRetryInterval(locks.retryInterval()));
        accepted("locks.max-retries", () -> fine.withMaxRetries(locks.maxRetries()));
        accepted("locks.maximum-hold", () -> fine.withMaximumHold(locks.maximumHold()));
        positive("locks.maximum-waiting", locks.maximumWaiting());
        positive("locks.maximum-resources", locks.maximumResources());
        locks.names().forEach(this::check);
    }

    private void check(String name, NamedLock lock) {
        String path = "locks.names[" + name + "]";
        accepted(path, () -> Resource.named(name));
        LockOptions fine = LockOptions.defaults();
        ifSet(path + ".lease", lock.lease(), fine::withLease);
        ifSet(path + ".wait-at-most", lock.waitAtMost(), fine::withWaitAtMost);
        ifSet(path + ".retry-interval", lock.retryInterval(), fine::withRetryInterval);
        ifSet(path + ".max-retries", lock.maxRetries(), fine::withMaxRetries);
        ifSet(path + ".maximum-hold", lock.maximumHold(), fine::withMaximumHold);
    }

    private void check(Jdbc jdbc) {
        accepted("jdbc.fence-table", () -> new FenceTable(jdbc.fenceTable()));
        if (jdbc.dataSource() != null && jdbc.dataSource().isBlank()) {
            reject("jdbc.data-source", "Name a DataSource bean, or leave the property out.");
        }
    }

    private <V> void ifSet(String path, @Nullable V value, Consumer<V> use) {
        if (value != null) {
            accepted(path, () -> use.accept(value));
        }
    }

    private void accepted(String path, Runnable use) {
        try {
            use.run();
        } catch (IllegalArgumentException e) {
            reject(path, String.valueOf(e.getMessage()));
        }
    }

    private void positive(String path, int value) {
        if (value < 1) {
            reject(path, "At least 1 is needed.");
        }
    }

    private void reject(String path, String reason) {
        errors.rejectValue(path, "invalid", reason);
    }
}
