package io.coordination.neighbour;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.Lease;
import io.coordination.lock.LockNotAcquiredException;
import io.coordination.lock.LockOptions;
import io.coordination.lock.Resource;
import io.coordination.peer.PeerLeaseStore;
import io.coordination.peer.PeerState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** An application of a certain kind, and a plain one, both of which vote. */
final class Cluster implements AutoCloseable {

    private static final LockOptions ONCE = LockOptions.defaults().withWaitAtMost(Duration.ZERO);

    private final int appPort = freePort();
    private final int plainPort = freePort();
    private final HttpClient http = HttpClient.newHttpClient();
    final ConfigurableApplicationContext app;
    private final ConfigurableApplicationContext plain;

    Cluster(Class<?> application, WebApplicationType type, String... settings) {
        app = start(application, type, "app", settings);
        plain = start(Plain.class, WebApplicationType.NONE, "plain");
        for (ConfigurableApplicationContext one : List.of(app, plain)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> one.getBean(PeerLeaseStore.class).state() == PeerState.READY);
        }
    }

    /** Whether each of the two keeps the other out. */
    void assertThatLocksHold() throws InterruptedException {
        for (ConfigurableApplicationContext holder : List.of(app, plain)) {
            ConfigurableApplicationContext other = holder == app ? plain : app;
            try (Lease lease = locks(holder).acquire(Resource.named("neighbour"))) {
                assertThatExceptionOfType(LockNotAcquiredException.class)
                        .isThrownBy(() -> locks(other).acquire(Resource.named("neighbour"), ONCE));
                lease.ensureHeld();
            }
        }
    }

    int status(String path) throws Exception {
        return status(Integer.parseInt(app.getEnvironment().getRequiredProperty("local.server.port")), path);
    }

    int status(int port, String path) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Override
    public void close() {
        plain.close();
        app.close();
    }

    private static DistributedLockManager locks(ConfigurableApplicationContext instance) {
        return instance.getBean(DistributedLockManager.class);
    }

    private ConfigurableApplicationContext start(
            Class<?> application, WebApplicationType type, String node, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(settings));
        arguments.add("--server.port=0");
        arguments.add("--coordination.node-id=" + node);
        arguments.add("--coordination.peers.members.app=ws://localhost:" + appPort);
        arguments.add("--coordination.peers.members.plain=ws://localhost:" + plainPort);
        arguments.add("--coordination.peers.address=localhost");
        arguments.add("--coordination.peers.secret=a secret for tests only");
        arguments.add("--coordination.peers.grant=1s");
        SpringApplication starting = new SpringApplication(application);
        starting.setWebApplicationType(type);
        return starting.run(arguments.toArray(String[]::new));
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Plain {}
}
