package io.coordination.spring.autoconfigure;

import io.coordination.lock.DistributedLockManager;
import io.coordination.spring.actuate.CoordinationHealthIndicator;
import io.coordination.spring.actuate.CoordinationNode;
import io.coordination.spring.actuate.PeerStatus;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The health of coordination. */
@AutoConfiguration(after = CoordinationAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(DistributedLockManager.class)
@ConditionalOnEnabledHealthIndicator("coordination")
public final class CoordinationHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "coordinationHealthIndicator")
    CoordinationHealthIndicator coordinationHealthIndicator(
            CoordinationNode node, DistributedLockManager locks, ObjectProvider<PeerStatus> peers) {
        return new CoordinationHealthIndicator(node, locks, peers.getIfAvailable());
    }
}
