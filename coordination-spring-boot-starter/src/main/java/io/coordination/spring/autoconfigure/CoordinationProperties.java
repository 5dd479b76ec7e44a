package io.coordination.spring.autoconfigure;

import io.coordination.annotation.WhenBusy;
import io.coordination.lock.LockOptions;
import io.coordination.lock.OnLost;
import java.time.Duration;
import java.util.List;
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
 * @param store What arbitrates leases. With peers.members a majority of them, else this JVM.
 * @param peers The other instances.
 * @param locks Locks.
 * @param jdbc Use of a database.
 */
@ConfigurationProperties("coordination")
public record CoordinationProperties(
        @Nullable String nodeId,
        @Nullable Store store,
        @DefaultValue Peers peers,
        @DefaultValue Locks locks,
        @DefaultValue Jdbc jdbc)
        implements Validator {

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
        LOCAL,
        /** A majority of the instances in coordination.peers.members. */
        PEERS
    }

    /** What arbitrates, where nothing is said about it too. */
    public Store effectiveStore() {
        return store != null ? store : peers.members().isEmpty() ? Store.LOCAL : Store.PEERS;
    }

    /** The name of this instance: as given, or that of the machine. */
    public String effectiveNodeId() {
        return nodeId != null ? nodeId : HostName.ofThisMachine(System.getenv());
    }

    /**
     * The other instances, and how this one talks to them.
     *
     * @param members Addresses of all voters, by node id, such as ws://host:8090; the same on all instances.
     * @param role Whether this instance has a vote. A voter is a key of members. By default it is one if it is such a key.
     * @param workers Whether instances without a vote may take locks.
     * @param cluster Only instances of the same cluster talk to each other. The name of the application by default.
     * @param port Where this voter listens. The port of its own address in members by default.
     * @param address Network interface on which this voter listens. All by default.
     * @param ssl Certificates for both directions.
     * @param previousMembers Node ids of the voters before a change of members; to be given during the change.
     * @param fresh Whether voters that all start anew may vote at once. Only where no earlier process can still run.
     * @param secret What all instances know and nobody else does, at least 16 characters.
     * @param grant Longest time that a vote lasts; longer leases live by renewal. A voter that restarts may be silent so long.
     * @param dataDirectory Directory that survives restarts, where this voter keeps the bound of its tokens.
     * @param maxClockDifference By how much the clocks of two instances may differ.
     */
    public record Peers(
            @DefaultValue Map<String, String> members,
            @Nullable Role role,
            @DefaultValue("true") boolean workers,
            @Nullable String cluster,
            @Nullable Integer port,
            @Nullable String address,
            @DefaultValue Ssl ssl,
            @DefaultValue List<String> previousMembers,
            @DefaultValue("false") boolean fresh,
            @Nullable String secret,
            @DefaultValue("10s") Duration grant,
            @Nullable String dataDirectory,
            @DefaultValue("1s") Duration maxClockDifference) {

        public Peers {
            members = Map.copyOf(members);
            previousMembers = List.copyOf(previousMembers);
        }

        /** Nothing of the secret. */
        @Override
        public String toString() {
            return "Peers" + members;
        }
    }

    /** Whether an instance has a vote. */
    public enum Role {
        /** It has one. */
        VOTER,
        /** It has none: it dials the voters, and asks them. */
        WORKER
    }

    /**
     * Certificates of links.
     *
     * @param bundle Name of the SSL bundle with which instances show each other who they are.
     */
    public record Ssl(@Nullable String bundle) {}

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
