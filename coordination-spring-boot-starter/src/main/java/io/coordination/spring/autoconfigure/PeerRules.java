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
import org.springframework.validation.Errors;

/** What {@code coordination.peers} may say. Whatever core refuses is asked of core. */
final class PeerRules {

    private static final int HIGHEST_PORT = 65_535;

    private final CoordinationProperties properties;
    private final Peers peers;
    private final Errors errors;

    PeerRules(CoordinationProperties properties, Errors errors) {
        this.properties = properties;
        this.peers = properties.peers();
        this.errors = errors;
    }

    void check() {
        if (peers.members().isEmpty()) {
            if (properties.effectiveStore() == Store.PEERS) {
                reject(
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
            reject("peers.port", "A port is 0 to " + HIGHEST_PORT + ", where 0 takes any that is free.");
        }
    }

    private void checkMember(String node, String address) {
        String path = "peers.members[" + node + "]";
        accepted(path, () -> new ProcessId(node, 0));
        accepted(path, () -> requireAddress(address));
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
            reject(
                    "peers.role",
                    "\"" + node + "\" is a key of coordination.peers.members, which lists the voters " + keys
                            + ". Take it out on all instances, or leave the role out.");
        } else if (peers.role() != Role.WORKER && !isListed) {
            reject(
                    "node-id",
                    "\"" + node + "\" is not a key of coordination.peers.members, which has " + keys
                            + ". Set coordination.node-id to one of them, or coordination.peers.role=worker for an"
                            + " instance without a vote.");
        }
        if (peers.role() == Role.WORKER && !peers.workers() && properties.effectiveStore() == Store.PEERS) {
            reject("peers.workers", "This instance is a worker, and workers=false keeps workers from taking locks.");
        }
    }

    private void checkProof() {
        String secret = peers.secret();
        boolean hasBundle = StringUtils.hasText(peers.ssl().bundle());
        if (!StringUtils.hasText(secret)) {
            if (!hasBundle) {
                reject(
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
                errors.reject("coordination.peers.secret", "coordination.peers.secret: " + e.getMessage());
            }
        }
        if (!hasBundle) {
            peers.members().forEach((node, address) -> {
                if (address.startsWith("wss:")) {
                    reject(
                            "peers.members[" + node + "]",
                            "An address that begins with wss needs certificates. Set coordination.peers.ssl.bundle.");
                }
            });
        }
    }

    private void checkGroup() {
        Duration grant = peers.grant();
        accepted("peers.grant", () -> group(grant, Duration.ofSeconds(1)));
        accepted("peers.max-clock-difference", () -> group(Duration.ofSeconds(1), peers.maxClockDifference()));
        accepted(
                "peers.members",
                () -> new PeerGroup(
                        List.copyOf(peers.members().keySet()), Duration.ofSeconds(1), Duration.ofSeconds(1), true));
        if (errors.hasErrors()) {
            return;
        }
        PeerGroup group = group(grant, peers.maxClockDifference());
        accepted("peers.previous-members", () -> PeerLeaseStoreBuilder.requireOneStep(group, peers.previousMembers()));
        accepted("peers.fresh", () -> PeerLeaseStoreBuilder.requireFresh(group, peers.fresh()));
    }

    private PeerGroup group(Duration grant, Duration maxClockDifference) {
        return new PeerGroup(List.copyOf(peers.members().keySet()), grant, maxClockDifference, peers.workers());
    }

    private void accepted(String path, Runnable use) {
        try {
            use.run();
        } catch (IllegalArgumentException e) {
            reject(path, String.valueOf(e.getMessage()));
        }
    }

    private void reject(String path, String reason) {
        errors.rejectValue(path, "invalid", reason);
    }
}
