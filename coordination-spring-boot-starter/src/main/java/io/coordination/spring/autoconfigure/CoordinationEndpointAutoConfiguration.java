package io.coordination.spring.autoconfigure;

import io.coordination.lock.DistributedLockManager;
import io.coordination.spring.actuate.CoordinationEndpoint;
import io.coordination.spring.actuate.CoordinationNode;
import io.coordination.spring.actuate.LockHistory;
import io.coordination.spring.actuate.PeerStatus;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The Actuator endpoint, and the history that it shows. */
@AutoConfiguration(after = CoordinationAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(DistributedLockManager.class)
@ConditionalOnAvailableEndpoint(CoordinationEndpoint.class)
public final class CoordinationEndpointAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    LockHistory coordinationLockHistory() {
        return new LockHistory();
    }

    @Bean
    @ConditionalOnMissingBean
    CoordinationEndpoint coordinationEndpoint(
            CoordinationNode node,
            DistributedLockManager locks,
            LockHistory history,
            ObjectProvider<PeerStatus> peers) {
        return new CoordinationEndpoint(node, locks, history, peers.getIfAvailable());
    }
}
