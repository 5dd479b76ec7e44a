package io.coordination.spring.autoconfigure;

import io.coordination.ProcessId;
import io.coordination.channel.Secret;
import io.coordination.peer.PeerGroup;
import io.coordination.peer.PeerLeaseStoreBuilder;
import io.coordination.spring.autoconfigure.CoordinationProperties.Peers;
import io.coordination.spring.autoconfigure.CoordinationProperties.Role;
import io.coordination.spring.autoconfigure.CoordinationProperties.Store;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.springframework.util.StringUtils;

/** What {@code coordination.peers} may say. Whatever core refuses is asked of core. */
final class PeerRules {

    private static final int HIGHEST_PORT = 65_535;

    private final CoordinationProperties properties;
    private final Peers peers;
    private final Rejections values;

    PeerRules(CoordinationProperties properties, Rejections values) {
        this.properties = properties;
        this.peers = properties.peers();
        this.values = values;
    }

    void check() {
        if (peers.members().isEmpty()) {
            if (properties.effectiveStore() == Store.PEERS) {
                values.reject(
                        "peers.members",
                        "With coordination.store=peers the instances arbitrate, but none is listed. List all voters, this"
                                + " one included, such as coordination.peers.members.box-a=ws://a:8090.");
            }
            return;
        }
        peers.members().forEach(this::checkMember);
        checkRole();
        checkProof();
        checkGroup();
        Integer port = peers.port();
        if (port != null && (port < 0 || port > HIGHEST_PORT)) {
            values.reject("peers.port", "A port is 0 to " + HIGHEST_PORT + ", where 0 takes any that is free.");
        }
    }

    private void checkMember(String node, String address) {
        String path = "peers.members[" + node + "]";
        values.accepted(path, () -> new ProcessId(node, 0));
        values.accepted(path, () -> requireAddress(address));
    }

    private static void requireAddress(String address) {
        URI uri = URI.create(address.trim());
        boolean isWebSocket = "ws".equals(uri.getScheme()) || "wss".equals(uri.getScheme());
        if (!isWebSocket || uri.getHost() == null || uri.getPort() < 0) {
            throw new IllegalArgumentException(
                    "An address is ws://host:port, or wss://host:port with certificates, but was \"" + address + "\".");
        }
        if (uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null) {
            throw new IllegalArgumentException(
                    "An address has a host, a port and perhaps a path, but was \"" + address + "\".");
        }
    }

    private void checkRole() {
        String node = properties.effectiveNodeId();
        boolean isListed = peers.members().containsKey(node);
        String keys = String.valueOf(new TreeSet<>(peers.members().keySet()));
        if (peers.role() == Role.WORKER && isListed) {
            values.reject(
                    "peers.role",
                    "\"" + node + "\" is a key of coordination.peers.members, which lists the voters " + keys
                            + ". Take it out on all instances, or leave the role out.");
        } else if (peers.role() != Role.WORKER && !isListed) {
            values.reject(
                    "node-id",
                    "\"" + node + "\" is not a key of coordination.peers.members, which has " + keys
                            + ". Set coordination.node-id to one of them, or coordination.peers.role=worker for an"
                            + " instance without a vote.");
        }
        if (peers.role() == Role.WORKER && !peers.workers() && properties.effectiveStore() == Store.PEERS) {
            values.reject(
                    "peers.workers", "This instance is a worker, and workers=false keeps workers from taking locks.");
        }
    }

    private void checkProof() {
        String secret = peers.secret();
        boolean hasBundle = StringUtils.hasText(peers.ssl().bundle());
        if (!StringUtils.hasText(secret)) {
            if (!hasBundle) {
                values.reject(
                        "peers.secret",
                        "Instances have to prove to each other that they belong together. Give all of them the same"
                                + " secret, such as ${COORDINATION_SECRET} made with: openssl rand -base64 32; or an SSL"
                                + " bundle in coordination.peers.ssl.bundle.");
            }
        } else {
            try {
                Secret.of(secret);
            } catch (IllegalArgumentException e) {
                // Without the value, which is a secret however short.
                values.errors().reject("coordination.peers.secret", "coordination.peers.secret: " + e.getMessage());
            }
        }
        if (!hasBundle) {
            peers.members().forEach((node, address) -> {
                if (address.startsWith("wss:")) {
                    values.reject(
                            "peers.members[" + node + "]",
                            "An address that begins with wss needs certificates. Set coordination.peers.ssl.bundle.");
                }
            });
        }
    }

    private void checkGroup() {
        Duration grant = peers.grant();
        values.accepted("peers.grant", () -> group(grant, Duration.ofSeconds(1)));
        values.accepted("peers.max-clock-difference", () -> group(Duration.ofSeconds(1), peers.maxClockDifference()));
        values.accepted(
                "peers.members",
                () -> new PeerGroup(
                        List.copyOf(peers.members().keySet()), Duration.ofSeconds(1), Duration.ofSeconds(1), true));
        if (values.errors().hasErrors()) {
            return;
        }
        PeerGroup group = group(grant, peers.maxClockDifference());
        values.accepted(
                "peers.previous-members", () -> PeerLeaseStoreBuilder.requireOneStep(group, peers.previousMembers()));
        values.accepted("peers.fresh", () -> PeerLeaseStoreBuilder.requireFresh(group, peers.fresh()));
    }

    private PeerGroup group(Duration grant, Duration maxClockDifference) {
        return new PeerGroup(List.copyOf(peers.members().keySet()), grant, maxClockDifference, peers.workers());
    }
}
