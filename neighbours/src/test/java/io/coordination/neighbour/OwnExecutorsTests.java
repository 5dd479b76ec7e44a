package io.coordination.neighbour;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.spring.autoconfigure.CoordinationPeersAutoConfiguration;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.messaging.MessageChannel;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Spring Boot makes executors where the application has none; those of the starter must not count. */
class OwnExecutorsTests {

    @Test
    void theExecutorsOfTheApplicationAreWhatTheyAreWithoutPeers() throws Exception {
        try (Cluster cluster = new Cluster(Scheduling.class, WebApplicationType.SERVLET);
                ConfigurableApplicationContext without = new SpringApplicationBuilder(Scheduling.class)
                        .web(WebApplicationType.SERVLET)
                        .run("--server.port=0", "--coordination.store=local")) {
            cluster.assertThatLocksHold();

            for (Class<?> type : new Class<?>[] {
                Executor.class, TaskScheduler.class, ScheduledExecutorService.class, MessageChannel.class
            }) {
                assertThat(namesOf(cluster.app, type)).as(type.getName()).isEqualTo(namesOf(without, type));
            }
            assertThat(namesOf(cluster.app, Executor.class)).contains("applicationTaskExecutor");
        }
    }

    @Test
    void anExecutorOfItsOwnStaysTheOnlyOne() throws Exception {
        try (Cluster cluster = new Cluster(OwnExecutor.class, WebApplicationType.SERVLET)) {
            cluster.assertThatLocksHold();

            assertThat(namesOf(cluster.app, Executor.class)).containsExactly("own");
        }
    }

    @Test
    void thereAreNoPeersWhereNoneAreListed() {
        try (ConfigurableApplicationContext without = new SpringApplicationBuilder(Scheduling.class)
                .web(WebApplicationType.NONE)
                .run("--coordination.store=local")) {
            assertThat(without.getBeansOfType(CoordinationPeersAutoConfiguration.class))
                    .isEqualTo(Map.of());
        }
    }

    private static TreeSet<String> namesOf(ApplicationContext context, Class<?> type) {
        return new TreeSet<>(context.getBeansOfType(type).keySet());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableScheduling
    static class Scheduling {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class OwnExecutor {

        @Bean
        Executor own() {
            return new SimpleAsyncTaskExecutor("own-");
        }
    }
}
