package io.coordination.spring.autoconfigure;

import io.coordination.channel.PeerChannel;
import io.coordination.lock.DistributedLockManager;
import io.coordination.peer.PeerLeaseStore;
import io.coordination.spring.metrics.LockMeters;
import io.coordination.spring.metrics.PeerMeters;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** The meters of locks, where the application has a meter registry. */
@AutoConfiguration(
        after = CoordinationAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(DistributedLockManager.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
public final class CoordinationMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    LockMeters coordinationLockMeters(CoordinationProperties properties) {
        LockMeters meters = new LockMeters();
        properties.locks().names().keySet().forEach(meters::lockNamed);
        return meters;
    }

    /** Not before all other beans are there: the registry and its filters depend on many of them. */
    @Bean
    SmartInitializingSingleton coordinationLockMetersBinding(
            LockMeters meters, ObjectProvider<MeterRegistry> registry) {
        return () -> meters.bindTo(registry.getObject());
    }

    /** Where other instances are listed. */
    @Bean
    SmartInitializingSingleton coordinationPeerMetersBinding(
            ObjectProvider<PeerChannel> channel,
            ObjectProvider<PeerLeaseStore> store,
            CoordinationProperties properties,
            ObjectProvider<MeterRegistry> registry) {
        return () -> channel.ifAvailable(links -> {
            List<String> others = properties.peers().members().keySet().stream()
                    .filter(node -> !node.equals(properties.effectiveNodeId()))
                    .sorted()
                    .toList();
            new PeerMeters(links, store.getIfAvailable(), others).bindTo(registry.getObject());
        });
    }
}
