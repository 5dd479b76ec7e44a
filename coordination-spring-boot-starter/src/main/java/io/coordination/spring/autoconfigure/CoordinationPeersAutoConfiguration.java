package io.coordination.spring.autoconfigure;

import io.coordination.channel.Channel;
import io.coordination.channel.LinkException;
import io.coordination.channel.PeerChannel;
import io.coordination.channel.PeerChannelBuilder;
import io.coordination.channel.Secret;
import io.coordination.channel.Transport;
import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.LeaseStore;
import io.coordination.peer.PeerGroup;
import io.coordination.peer.PeerLeaseStore;
import io.coordination.peer.PeerLeaseStoreBuilder;
import io.coordination.runtime.SystemTimeSource;
import io.coordination.spring.actuate.PeerStatus;
import io.coordination.spring.autoconfigure.CoordinationProperties.Peers;
import io.coordination.stomp.StompTransport;
import io.coordination.time.TimeSource;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** The other instances: the links to them, and the store in which a majority of them arbitrates. */
@AutoConfiguration(
        before = CoordinationAutoConfiguration.class,
        after = {ApplicationAvailabilityAutoConfiguration.class, SslAutoConfiguration.class})
@Conditional(OnPeers.class)
@EnableConfigurationProperties(CoordinationProperties.class)
public final class CoordinationPeersAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    TimeSource coordinationTimeSource() {
        return new SystemTimeSource();
    }

    @Bean
    OwnProcess coordinationOwnProcess(CoordinationProperties properties, TimeSource time, Environment environment) {
        NamesInBrackets.MEMBERS.check(environment);
        return OwnProcess.begin(properties.effectiveNodeId(), properties.peers().dataDirectory(), time);
    }

    @Bean
    PeerGroup coordinationPeerGroup(CoordinationProperties properties) {
        Peers peers = properties.peers();
        return new PeerGroup(
                List.copyOf(peers.members().keySet()), peers.grant(), peers.maxClockDifference(), peers.workers());
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean(Channel.class)
    PeerChannel coordinationChannel(
            CoordinationProperties properties,
            OwnProcess own,
            PeerGroup group,
            TimeSource time,
            ObjectProvider<Transport> transports,
            ObjectProvider<SslBundles> bundles,
            Environment environment) {
        Peers peers = properties.peers();
        Map<String, URI> members = members(peers);
        LateRefusals refusals = new LateRefusals();
        Transport transport = transports.getIfAvailable(() -> new StompTransport(
                new StompTransport.Settings(
                        port(peers, members.get(own.id().nodeId())), address(peers), tls(peers, bundles), null),
                refusals));
        PeerChannelBuilder builder = new PeerChannelBuilder(own.id(), transport, time, own.scheduler())
                .members(members)
                .cluster(cluster(peers, environment))
                .group(Long.toHexString(group.fingerprint()))
                .maxClockDifference(peers.maxClockDifference());
        if (StringUtils.hasText(peers.secret())) {
            builder.secret(Secret.of(peers.secret()));
        }
        PeerChannel channel = builder.build();
        refusals.to(channel);
        PlainLinks.warn(members, own.id().nodeId());
        return channel;
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnProperty(name = "coordination.store", havingValue = "peers", matchIfMissing = true)
    @ConditionalOnMissingBean({LeaseStore.class, DistributedLockManager.class})
    PeerLeaseStore coordinationLeaseStore(
            CoordinationProperties properties, OwnProcess own, PeerGroup group, Channel channel, TimeSource time) {
        Peers peers = properties.peers();
        PeerLeaseStoreBuilder builder = PeerLeaseStoreBuilder.over(channel, own.id(), group, time, own.scheduler())
                .clock(own.clock())
                .previousVoters(peers.previousMembers())
                .fresh(peers.fresh());
        if (own.directory() != null) {
            builder.tokenCeiling(own.directory());
        }
        return builder.build();
    }

    @Bean
    PeerLifecycle coordinationPeerLifecycle(
            ObjectProvider<PeerChannel> channel, ObjectProvider<PeerLeaseStore> store, ApplicationContext context) {
        return new PeerLifecycle(channel, store, context);
    }

    /** An instance whose locks do not work yet is not ready for traffic. */
    @Bean
    @ConditionalOnBean(ApplicationAvailability.class)
    PeerReadiness coordinationPeerReadiness(
            ObjectProvider<PeerLeaseStore> store,
            OwnProcess own,
            TimeSource time,
            ApplicationAvailability availability,
            ApplicationContext context) {
        return new PeerReadiness(store, own.scheduler(), time, availability, context);
    }

    @Bean
    PeerStatus coordinationPeerStatus(
            CoordinationProperties properties,
            OwnProcess own,
            PeerGroup group,
            Channel channel,
            ObjectProvider<PeerLeaseStore> store,
            Environment environment) {
        return new PeerStatus(
                own.id().nodeId(),
                cluster(properties.peers(), environment),
                group,
                channel,
                store.getIfAvailable(),
                own.directory() != null);
    }

    /** That another instance comes, is suspected or goes is an application event. */
    @Bean
    @Lazy(false)
    MemberChangePublisher coordinationMemberChangePublisher(
            Channel channel, ApplicationEventPublisher events, Environment environment) {
        return new MemberChangePublisher(channel, events, CoordinationAutoConfiguration.callbacks(environment));
    }

    /** That of the cluster: only instances of the same name talk to each other. */
    static String cluster(Peers peers, Environment environment) {
        return StringUtils.hasText(peers.cluster())
                ? peers.cluster()
                : environment.getProperty("spring.application.name", "default");
    }

    private static Map<String, URI> members(Peers peers) {
        Map<String, URI> members = new TreeMap<>();
        peers.members().forEach((node, address) -> members.put(node, URI.create(address.trim())));
        return members;
    }

    private static int port(Peers peers, @Nullable URI own) {
        if (peers.port() != null) {
            return peers.port();
        }
        return own == null ? 0 : own.getPort();
    }

    private static @Nullable InetAddress address(Peers peers) {
        if (!StringUtils.hasText(peers.address())) {
            return null;
        }
        try {
            return InetAddress.getByName(peers.address());
        } catch (UnknownHostException e) {
            throw new LinkException(
                    "coordination.peers.address is \"" + peers.address()
                            + "\", which is no address of this machine. Set it to one, or leave it out.",
                    e);
        }
    }

    private static @Nullable SslBundle tls(Peers peers, ObjectProvider<SslBundles> bundles) {
        String name = peers.ssl().bundle();
        return StringUtils.hasText(name) ? bundles.getObject().getBundle(name) : null;
    }
}
