package io.coordination.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.channel.Cause;
import io.coordination.channel.PeerChannel;
import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.Lease;
import io.coordination.lock.Resource;
import io.coordination.peer.PeerLeaseStore;
import io.coordination.peer.PeerState;
import io.coordination.stomp.Certificates;
import io.coordination.stomp.FreePort;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Instances that show each other certificates, from bundles in their configuration. */
class PeersOverTlsTests {

    private static final List<String> VOTERS = List.of("box-a", "box-b");

    private final Map<String, Integer> ports = new TreeMap<>();
    private final Map<String, ConfigurableApplicationContext> running = new TreeMap<>();

    @TempDir
    private Path folder;

    private Certificates certificates;
    private Path trust;

    @BeforeEach
    void makeCertificates() throws Exception {
        certificates = new Certificates(folder);
        KeyStore a = certificates.key("box-a");
        KeyStore b = certificates.key("box-b");
        KeyStore unused = certificates.key("stranger");
        trust = certificates.save("trust", Certificates.trusting(a, b));
        VOTERS.forEach(node -> ports.put(node, FreePort.find()));
    }

    @AfterEach
    void stopAll() {
        running.values().forEach(ConfigurableApplicationContext::close);
    }

    @Test
    void noSecretIsNeeded() throws Exception {
        VOTERS.forEach(node -> start(node, node));
        VOTERS.forEach(node -> Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> store(node).state() == PeerState.READY));

        try (Lease lease =
                running.get("box-a").getBean(DistributedLockManager.class).acquire(Resource.named("over tls"))) {
            lease.ensureHeld();
        }
    }

    @Test
    void aCertificateThatNobodyTrustsIsOfNoUse() {
        start("box-a", "box-a");
        start("box-b", "stranger");
        PeerChannel dialer = running.get("box-a").getBean(PeerChannel.class);

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> dialer.counts().dialFailures() >= 2);

        assertThat(dialer.counts().opened()).isZero();
        assertThat(dialer.counts().refused(Cause.SECRET)).isZero();
    }

    private PeerLeaseStore store(String node) {
        return running.get(node).getBean(PeerLeaseStore.class);
    }

    private void start(String node, String certificate) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--coordination.node-id=" + node);
        arguments.add("--coordination.peers.address=localhost");
        arguments.add("--coordination.peers.grant=1s");
        arguments.add("--coordination.peers.ssl.bundle=links");
        ports.forEach(
                (member, port) -> arguments.add("--coordination.peers.members." + member + "=wss://localhost:" + port));
        for (Map.Entry<String, Path> store : Map.of("keystore", certificates.file(certificate), "truststore", trust)
                .entrySet()) {
            String prefix = "--spring.ssl.bundle.jks.links." + store.getKey();
            arguments.add(prefix + ".location=file:" + store.getValue());
            arguments.add(prefix + ".password=" + Certificates.PASSWORD);
            arguments.add(prefix + ".type=PKCS12");
        }
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        running.put(node, application.run(arguments.toArray(String[]::new)));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(excludeName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
    static class Application {}
}
