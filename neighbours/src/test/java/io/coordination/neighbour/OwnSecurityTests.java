package io.coordination.neighbour;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Applications with Spring Security: nothing is opened, and nothing has to be. */
class OwnSecurityTests {

    @Test
    void whereSpringBootProtectsEverythingItGoesOnDoingSo() throws Exception {
        try (Cluster cluster = new Cluster(Protected.class, WebApplicationType.SERVLET)) {
            cluster.assertThatLocksHold();

            assertThat(cluster.status("/")).isEqualTo(401);
            assertThat(cluster.status("/coordination")).isEqualTo(401);
            assertThat(cluster.status("/anything")).isEqualTo(401);
        }
    }

    @Test
    void aChainOfItsOwnIsTheOnlyOne() throws Exception {
        try (Cluster cluster = new Cluster(OwnChain.class, WebApplicationType.SERVLET)) {
            cluster.assertThatLocksHold();

            assertThat(cluster.app.getBeansOfType(SecurityFilterChain.class)).containsOnlyKeys("chain");
            assertThat(cluster.status("/open")).isEqualTo(200);
            assertThat(cluster.status("/closed")).isEqualTo(403);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Protected {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class OwnChain {

        @Bean
        SecurityFilterChain chain(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers("/open")
                            .permitAll()
                            .anyRequest()
                            .denyAll())
                    .build();
        }

        @Bean
        Open open() {
            return new Open();
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
