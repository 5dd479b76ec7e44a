package io.coordination.neighbour;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.channel.MemberChange;
import io.coordination.channel.MemberState;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reactive applications, lazy ones, those with virtual threads, and those with a port for management. */
class OtherKindsTests {

    @Test
    void aReactiveApplicationVotesAndServes() throws Exception {
        try (Cluster cluster = new Cluster(Reactive.class, WebApplicationType.REACTIVE)) {
            cluster.assertThatLocksHold();

            assertThat(cluster.app.getClass().getName()).contains("Reactive");
            assertThat(cluster.status("/open")).isEqualTo(200);
        }
    }

    @Test
    void aLazyApplicationLinksAndHearsOfOthers() throws Exception {
        try (Cluster cluster =
                new Cluster(Listening.class, WebApplicationType.NONE, "--spring.main.lazy-initialization=true")) {
            cluster.assertThatLocksHold();

            Listener listener = cluster.app.getBean(Listener.class);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> listener.up.contains("plain"));
        }
    }

    @Test
    void virtualThreadsAreUsedWhereTheApplicationWantsThem() throws Exception {
        try (Cluster cluster =
                new Cluster(Listening.class, WebApplicationType.NONE, "--spring.threads.virtual.enabled=true")) {
            cluster.assertThatLocksHold();
        }
    }

    @Test
    void aPortForManagementShowsThePeersAndNothingElseChanges() throws Exception {
        int port = Cluster.freePort();
        try (Cluster cluster = new Cluster(
                Managed.class,
                WebApplicationType.SERVLET,
                "--management.server.port=" + port,
                "--management.endpoints.web.exposure.include=coordination,health")) {
            cluster.assertThatLocksHold();

            assertThat(cluster.status(port, "/actuator/coordination")).isEqualTo(200);
            assertThat(cluster.status(port, "/actuator/health")).isEqualTo(200);
            assertThat(cluster.status("/actuator/coordination")).isEqualTo(404);
            assertThat(cluster.status("/open")).isEqualTo(200);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Reactive {

        @Bean
        SecurityWebFilterChain open(ServerHttpSecurity http) {
            return http.authorizeExchange(exchanges -> exchanges.anyExchange().permitAll())
                    .build();
        }

        @Bean
        Open controller() {
            return new Open();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            excludeName = {
                "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
                "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
                "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration"
            })
    static class Managed {

        @Bean
        Open controller() {
            return new Open();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Listening {

        @Bean
        Listener listener() {
            return new Listener();
        }
    }

    static class Listener {

        final Queue<String> up = new ConcurrentLinkedQueue<>();

        @EventListener
        void changed(MemberChange change) {
            if (change.now().state() == MemberState.UP) {
                up.add(change.now().node());
            }
        }
    }

    @RestController
    static class Open {

        @GetMapping("/open")
        String open() {
            return "open";
        }
    }
}
