package io.coordination.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.jdbc.JdbcFencingGuard;
import io.coordination.spring.actuate.CoordinationEndpoint;
import io.coordination.spring.actuate.CoordinationHealthIndicator;
import io.coordination.spring.actuate.LockHistory;
import io.coordination.spring.metrics.LockMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class OptionalBeansTests {

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withPropertyValues(
                    "management.endpoints.web.exposure.include=*", "spring.datasource.generate-unique-name=true")
            .withConfiguration(AutoConfigurations.of(
                    CoordinationAutoConfiguration.class,
                    CoordinationEndpointAutoConfiguration.class,
                    CoordinationHealthAutoConfiguration.class,
                    CoordinationMetricsAutoConfiguration.class,
                    JdbcFencingAutoConfiguration.class));

    @Test
    void withEverythingThereIsEverything() {
        context.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
                .run(started -> assertThat(started)
                        .hasSingleBean(CoordinationEndpoint.class)
                        .hasSingleBean(LockHistory.class)
                        .hasSingleBean(CoordinationHealthIndicator.class)
                        .hasSingleBean(LockMeters.class)
                        .hasSingleBean(JdbcFencingGuard.class));
    }

    @Test
    void withoutAMeterRegistryThereAreNoMeters() {
        context.run(started -> assertThat(started).doesNotHaveBean(LockMeters.class));
    }

    @Test
    void anEndpointThatNobodyCanReachKeepsNoHistory() {
        context.withPropertyValues("management.endpoints.web.exposure.exclude=coordination")
                .run(started -> assertThat(started)
                        .doesNotHaveBean(CoordinationEndpoint.class)
                        .doesNotHaveBean(LockHistory.class));
    }

    @Test
    void healthCanBeSwitchedOff() {
        context.withPropertyValues("management.health.coordination.enabled=false")
                .run(started -> assertThat(started).doesNotHaveBean(CoordinationHealthIndicator.class));
    }
}
