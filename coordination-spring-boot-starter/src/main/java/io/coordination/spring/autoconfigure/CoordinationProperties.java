package io.coordination.spring.autoconfigure;

import io.coordination.annotation.WhenBusy;
import io.coordination.lock.LockOptions;
import io.coordination.lock.OnLost;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;

/**
 * The properties under {@code coordination}. Binding checks all of them at once; what is wrong stops the application.
 *
 * @param nodeId Name of this instance, for people and for telling instances apart. Host name by default.
 * @param store What arbitrates leases.
 * @param locks Locks.
 * @param jdbc Use of a database.
 */
@ConfigurationProperties("coordination")
public record CoordinationProperties(
        @Nullable String nodeId,
        @DefaultValue("local") Store store,
        @DefaultValue Locks locks,
        @DefaultValue Jdbc jdbc) implements Validator {

    @Override
    public boolean supports(Class<?> type) {
        return type == CoordinationProperties.class;
    }

    @Override
    public void validate(Object properties, Errors errors) {
        new PropertyRules(errors).check((CoordinationProperties) properties);
    }

    /** What may arbitrate leases. */
    public enum Store {
        /** The JVM of the application: its threads exclude each other, other instances are not seen. */
        LOCAL
    }

    /**
     * How locks behave where nothing more specific is said.
     *
     * @param lease How long a lease outlives its holder's last successful renewal.
     * @param waitAtMost How long to wait for a lease; 0 tries once. Retry interval times maximum retries by default.
     * @param retryInterval Least pause between two attempts of one waiter.
     * @param maxRetries Number of retry intervals to wait for a lease when no wait is given.
     * @param maximumHold When a lease ends although its holder goes on.
     * @param onLost What the loss of a lease does to the method that runs under it.
     * @param whenBusy What happens to the call of a method whose lock is not obtained.
     * @param renew Whether leases renew themselves until they are released.
     * @param maximumWaiting Most acquisitions that may wait at a time, over all locks.
     * @param maximumResources Most locks that may be held or waited for at a time.
     * @param names Settings for locks by their names; whatever is not set there is as for all locks.
     */
    public record Locks(
            @DefaultValue("30s") Duration lease,
            @Nullable Duration waitAtMost,
            @DefaultValue("100ms") Duration retryInterval,
            @DefaultValue("300") int maxRetries,
            @DefaultValue("10m") Duration maximumHold,
            @DefaultValue("report") OnLost onLost,
            @DefaultValue("fail") WhenBusy whenBusy,
            @DefaultValue("true") boolean renew,
            @DefaultValue("10000") int maximumWaiting,
            @DefaultValue("100000") int maximumResources,
            @DefaultValue Map<String, NamedLock> names) {

        public Locks {
            names = Map.copyOf(names);
        }

        /** What applies to a lock of a name that is not among {@link #names()}. */
        public LockOptions options() {
            return new LockOptions(lease, waitAtMost, retryInterval, maxRetries, maximumHold, onLost, renew);
        }
    }

    /**
     * How the locks of one name differ from all others; null means that they do not.
     *
     * @param lease How long a lease outlives its holder's last successful renewal.
     * @param waitAtMost How long to wait for a lease; 0 tries once.
     * @param retryInterval Least pause between two attempts of one waiter.
     * @param maxRetries Number of retry intervals to wait for a lease when no wait is given.
     * @param maximumHold When a lease ends although its holder goes on.
     * @param onLost What the loss of a lease does to the method that runs under it.
     * @param whenBusy What happens to the call of a method whose lock is not obtained.
     * @param renew Whether leases renew themselves until they are released.
     */
    public record NamedLock(
            @Nullable Duration lease,
            @Nullable Duration waitAtMost,
            @Nullable Duration retryInterval,
            @Nullable Integer maxRetries,
            @Nullable Duration maximumHold,
            @Nullable OnLost onLost,
            @Nullable WhenBusy whenBusy,
            @Nullable Boolean renew) {}

    /**
     * How a database is used.
     *
     * @param dataSource Name of the DataSource bean to use, where there are several.
     * @param fenceTable Table in which the fencing guard keeps the largest token of each lock.
     * @param initializeSchema When to create the fence table at start-up.
     */
    public record Jdbc(
            @Nullable String dataSource,
            @DefaultValue("coordination_fence") String fenceTable,
            @DefaultValue("embedded") SchemaInitialization initializeSchema) {}

    /** When tables are created at start-up. A type of our own, as Spring Boot's is not there without JDBC. */
    public enum SchemaInitialization {
        /** Always. The scripts leave an existing table alone. */
        ALWAYS,
        /** If the database is embedded, such as H2 in memory. */
        EMBEDDED,
        /** Never: the application creates them, with the scripts in {@code io/coordination/jdbc} or its own. */
        NEVER
    }
}
