package io.coordination.spring.autoconfigure;

import io.coordination.ProcessId;
import io.coordination.jdbc.FenceTable;
import io.coordination.lock.LockOptions;
import io.coordination.lock.Resource;
import io.coordination.spring.autoconfigure.CoordinationProperties.Jdbc;
import io.coordination.spring.autoconfigure.CoordinationProperties.Locks;
import io.coordination.spring.autoconfigure.CoordinationProperties.NamedLock;
import org.springframework.validation.Errors;

/**
 * What values the properties may have. Whatever core refuses is asked of core, one value at a time, so that every wrong
 * one is named and the rules are written once.
 */
final class PropertyRules {

    private final Rejections values;

    PropertyRules(Errors errors) {
        this.values = new Rejections(errors);
    }

    void check(CoordinationProperties properties) {
        values.ifSet("node-id", properties.nodeId(), id -> new ProcessId(id, 0));
        new PeerRules(properties, values).check();
        check(properties.locks());
        check(properties.jdbc());
    }

    private void check(Locks locks) {
        LockOptions fine = LockOptions.defaults();
        values.accepted("locks.lease", () -> fine.withLease(locks.lease()));
        values.accepted("locks.wait-at-most", () -> fine.withWaitAtMost(locks.waitAtMost()));
        values.accepted("locks.retry-interval", () -> fine.withRetryInterval(locks.retryInterval()));
        values.accepted("locks.max-retries", () -> fine.withMaxRetries(locks.maxRetries()));
        values.accepted("locks.maximum-hold", () -> fine.withMaximumHold(locks.maximumHold()));
        values.positive("locks.maximum-waiting", locks.maximumWaiting());
        values.positive("locks.maximum-resources", locks.maximumResources());
        locks.names().forEach(this::check);
    }

    private void check(String name, NamedLock lock) {
        String path = "locks.names[" + name + "]";
        values.accepted(path, () -> Resource.named(name));
        LockOptions fine = LockOptions.defaults();
        values.ifSet(path + ".lease", lock.lease(), fine::withLease);
        values.ifSet(path + ".wait-at-most", lock.waitAtMost(), fine::withWaitAtMost);
        values.ifSet(path + ".retry-interval", lock.retryInterval(), fine::withRetryInterval);
        values.ifSet(path + ".max-retries", lock.maxRetries(), fine::withMaxRetries);
        values.ifSet(path + ".maximum-hold", lock.maximumHold(), fine::withMaximumHold);
    }

    private void check(Jdbc jdbc) {
        values.accepted("jdbc.fence-table", () -> new FenceTable(jdbc.fenceTable()));
        if (jdbc.dataSource() != null && jdbc.dataSource().isBlank()) {
            values.reject("jdbc.data-source", "Name a DataSource bean, or leave the property out.");
        }
    }
}
