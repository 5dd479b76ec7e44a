package io.coordination.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coordination.annotation.WhenBusy;
import io.coordination.lock.LockOptions;
import io.coordination.spring.autoconfigure.CoordinationProperties.SchemaInitialization;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

@ExtendWith(OutputCaptureExtension.class)
class CoordinationPropertiesTests {

    private final ApplicationContextRunner context =
            new ApplicationContextRunner().withUserConfiguration(Properties.class);

    @Test
    void withoutSettingsLocksAreAsInCore() {
        bound(properties -> {
            assertThat(properties.nodeId()).isNull();
            assertThat(properties.locks().options()).isEqualTo(LockOptions.defaults());
            assertThat(properties.locks().whenBusy()).isEqualTo(WhenBusy.FAIL);
            assertThat(properties.locks().names()).isEmpty();
            assertThat(properties.jdbc().fenceTable()).isEqualTo("coordination_fence");
            assertThat(properties.jdbc().initializeSchema()).isEqualTo(SchemaInitialization.EMBEDDED);
        });
    }

    @Test
    void namesMayHaveDotsAndCapitalsInBrackets() {
        bound(
                properties -> assertThat(properties.locks().names()).containsOnlyKeys("Seat.map/row 1"),
                "coordination.locks.names[Seat.map/row 1].lease=5s");
    }

    @Test
    void everyWrongValueIsReportedAtOnce(CapturedOutput output) {
        startUpFails();

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("coordination.node-id", "not blank")
                .contains("coordination.locks.lease", "\"PT-1S\"", "lease is longer than zero")
                .contains("coordination.locks.wait-at-most", "waitAtMost is not negative")
                .contains("coordination.locks.retry-interval")
                .contains("coordination.locks.max-retries", "maxRetries is not negative")
                .contains("coordination.locks.maximum-hold", "at most 365 days")
                .contains("coordination.locks.maximum-waiting", "coordination.locks.maximum-resources", "At least 1")
                .contains("coordination.locks.names[seat].lease")
                .contains("coordination.locks.names[ ]", "at least one visible character")
                .contains("coordination.jdbc.fence-table", "begins with a letter")
                .contains("coordination.jdbc.data-source", "leave the property out");
    }

    @Test
    void wrongValuesStopALazyApplicationAsWell(CapturedOutput output) {
        startUpFails("--spring.main.lazy-initialization=true");

        assertThat(output).contains("APPLICATION FAILED TO START").contains("coordination.locks.lease");
    }

    private static void startUpFails(String... more) {
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setDefaultProperties(Map.ofEntries(
                Map.entry("coordination.node-id", " "),
                Map.entry("coordination.locks.lease", "-1s"),
                Map.entry("coordination.locks.wait-at-most", "-2s"),
                Map.entry("coordination.locks.retry-interval", "0s"),
                Map.entry("coordination.locks.max-retries", "-1"),
                Map.entry("coordination.locks.maximum-hold", "366d"),
                Map.entry("coordination.locks.maximum-waiting", "0"),
                Map.entry("coordination.locks.maximum-resources", "-5"),
                Map.entry("coordination.locks.names.seat.lease", "-3s"),
                Map.entry("coordination.locks.names[ ].lease", "3s"),
                Map.entry("coordination.jdbc.fence-table", "fence; drop table seat"),
                Map.entry("coordination.jdbc.data-source", " ")));
        assertThatThrownBy(() -> application.run(more)).isInstanceOf(Exception.class);
    }

    private void bound(Consumer<CoordinationProperties> check, String... settings) {
        context.withPropertyValues(settings)
                .run(started -> check.accept(started.getBean(CoordinationProperties.class)));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(CoordinationProperties.class)
    static class Properties {}

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(CoordinationAutoConfiguration.class)
    static class Application {}
}
