package io.coordination.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.lock.DistributedLockManager;
import io.coordination.peer.PeerLeaseStore;
import io.coordination.peer.PeerState;
import io.coordination.stomp.FreePort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/** Instances of one application in this JVM, with three voters that listen at free ports. */
final class Instances implements AutoCloseable {

    static final List<String> VOTERS = List.of("box-a", "box-b", "box-c");

    private final Class<?> application;
    private final WebApplicationType type;
    private final Map<String, Integer> ports = new TreeMap<>();
    private final Map<String, ConfigurableApplicationContext> running = new TreeMap<>();

    Instances(Class<?> application, WebApplicationType type) {
        this.application = application;
        this.type = type;
        VOTERS.forEach(node -> ports.put(node, FreePort.find()));
    }

    void startAll(String... more) {
        VOTERS.forEach(node -> start(node, more));
        VOTERS.forEach(this::awaitReady);
    }

    ConfigurableApplicationContext start(String node, String... more) {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.add("--coordination.node-id=" + node);
        arguments.add("--coordination.peers.secret=a secret for tests only");
        arguments.add("--coordination.peers.address=localhost");
        if (arguments.stream().noneMatch(argument -> argument.startsWith("--coordination.peers.grant="))) {
            arguments.add("--coordination.peers.grant=1s");
        }
        arguments.add("--server.port=0");
        ports.forEach(
                (member, port) -> arguments.add("--coordination.peers.members." + member + "=ws://localhost:" + port));
        SpringApplication starting = new SpringApplication(application);
        starting.setWebApplicationType(type);
        ConfigurableApplicationContext instance = starting.run(arguments.toArray(String[]::new));
        running.put(node, instance);
        return instance;
    }

    void stop(String node) {
        instance(node).close();
        running.remove(node);
    }

    void awaitReady(String node) {
        Awaitility.await(node + " is ready")
                .atMost(Duration.ofSeconds(60))
                .until(() -> instance(node).getBean(PeerLeaseStore.class).state() == PeerState.READY);
    }

    DistributedLockManager locks(String node) {
        return instance(node).getBean(DistributedLockManager.class);
    }

    ConfigurableApplicationContext instance(String node) {
        ConfigurableApplicationContext instance = running.get(node);
        assertThat(instance).as(node).isNotNull();
        return instance;
    }

    int port(String node) {
        Integer port = ports.get(node);
        assertThat(port).as(node).isNotNull();
        return port;
    }

    Collection<ConfigurableApplicationContext> all() {
        return running.values();
    }

    @Override
    public void close() {
        running.values().forEach(ConfigurableApplicationContext::close);
        running.clear();
    }
}
