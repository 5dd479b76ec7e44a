package io.coordination.spring.autoconfigure;

import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.LeaseStore;
import io.coordination.lock.LocalLeaseStore;
import io.coordination.lock.LockManagerBuilder;
import io.coordination.lock.LockObserver;
import io.coordination.lock.WakeUps;
import io.coordination.peer.PeerLeaseStore;
import io.coordination.runtime.Callbacks;
import io.coordination.runtime.SystemTimeSource;
import io.coordination.spring.actuate.CoordinationNode;
import io.coordination.spring.autoconfigure.CoordinationProperties.Locks;
import io.coordination.spring.autoconfigure.CoordinationProperties.NamedLock;
import io.coordination.spring.lock.ConfiguredLocks;
import io.coordination.spring.lock.LockSettings;
import io.coordination.time.TimeSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/** Locks: the store that arbitrates, the manager, and its end with the application. */
@AutoConfiguration
@EnableConfigurationProperties(CoordinationProperties.class)
public final class CoordinationAutoConfiguration {

    private static final Logger log = LoggerFactory.getLogger(CoordinationAutoConfiguration.class);

    @Bean
    @ConditionalOnMissingBean
    TimeSource coordinationTimeSource() {
        return new SystemTimeSource();
    }

    @Bean
    @ConditionalOnMissingBean({LeaseStore.class, DistributedLockManager.class})
    LocalLeaseStore coordinationLeaseStore(TimeSource time, Environment environment) {
        if (!environment.containsProperty("coordination.store")) {
            log.warn("Coordination is limited to this JVM: other instances of the application do not see its locks."
                    + " If there is only one instance, set coordination.store=local to say so and silence this line.");
        }
        return new LocalLeaseStore(time);
    }

    @Bean
    @ConditionalOnMissingBean
    CoordinationNode coordinationNode(
            CoordinationProperties properties, ObjectProvider<LeaseStore> stores, Environment environment) {
        String id = properties.effectiveNodeId();
        LeaseStore store = theOnly(stores);
        if (store instanceof LocalLeaseStore) {
            return new CoordinationNode(id, "local", "this JVM");
        } else if (store instanceof PeerLeaseStore) {
            String cluster = CoordinationPeersAutoConfiguration.cluster(properties.peers(), environment);
            return new CoordinationNode(id, "peers", "cluster " + cluster);
        }
        return new CoordinationNode(
                id, store == null ? "custom" : store.getClass().getSimpleName(), "custom");
    }

    @Bean
    @ConditionalOnMissingBean
    DistributedLockManager coordinationLockManager(
            CoordinationProperties properties,
            ConfiguredLocks configured,
            CoordinationNode node,
            TimeSource time,
            ObjectProvider<OwnProcess> process,
            ObjectProvider<LeaseStore> stores,
            ObjectProvider<WakeUps> wakeUps,
            ObjectProvider<LockObserver> observers,
            Environment environment) {
        LockManagerBuilder builder = new LockManagerBuilder()
                .nodeId(node.id())
                .timeSource(time)
                .executor(callbacks(environment))
                .defaultOptions(properties.locks().options())
                .namedOptions(configured.namedOptions())
                .maximumWaiting(properties.locks().maximumWaiting())
                .maximumResources(properties.locks().maximumResources());
        // Tickets come from the clock from which a vote takes its token bases.
        process.ifAvailable(own -> builder.process(own.id()).clock(own.clock()));
        LeaseStore store = theOnly(stores);
        if (store != null) {
            builder.store(store);
        }
        wakeUps.ifUnique(builder::wakeUps);
        observers.orderedStream().forEach(builder::observer);
        return builder.build();
    }

    @Bean
    LockManagerLifecycle coordinationLockManagerLifecycle(DistributedLockManager locks, ApplicationContext context) {
        return new LockManagerLifecycle(locks, context);
    }

    @Bean
    static ConfiguredLocks coordinationConfiguredLocks(CoordinationProperties properties, Environment environment) {
        NamesInBrackets.LOCKS.check(environment);
        Map<String, LockSettings> names = new HashMap<>();
        properties.locks().names().forEach((name, lock) -> names.put(name, settings(lock)));
        return new ConfiguredLocks(settings(properties.locks()), names);
    }

    /** A lost lease is an application event. */
    @Bean
    LeaseLossPublisher coordinationLeaseLossPublisher(ApplicationEventPublisher events, Environment environment) {
        return new LeaseLossPublisher(events, callbacks(environment));
    }

    static Executor callbacks(Environment environment) {
        return Threading.VIRTUAL.isActive(environment)
                ? new VirtualThreadTaskExecutor("coordination-")
                : Callbacks.defaultExecutor();
    }

    private static LockSettings settings(Locks locks) {
        return new LockSettings(
                locks.lease(),
                locks.waitAtMost(),
                locks.retryInterval(),
                locks.maxRetries(),
                locks.maximumHold(),
                locks.onLost(),
                locks.renew(),
                locks.whenBusy());
    }

    private static LockSettings settings(NamedLock lock) {
        return new LockSettings(
                lock.lease(),
                lock.waitAtMost(),
                lock.retryInterval(),
                lock.maxRetries(),
                lock.maximumHold(),
                lock.onLost(),
                lock.renew(),
                lock.whenBusy());
    }

    private static @Nullable LeaseStore theOnly(ObjectProvider<LeaseStore> stores) {
        try {
            return stores.getIfAvailable();
        } catch (NoUniqueBeanDefinitionException e) {
            throw new SeveralLeaseStoresException(List.copyOf(e.getBeanNamesFound()));
        }
    }
}
