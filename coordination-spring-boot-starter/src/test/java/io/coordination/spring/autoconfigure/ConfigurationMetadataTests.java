package io.coordination.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an IDE shows while somebody writes the configuration. */
class ConfigurationMetadataTests {

    private static final List<String> WITHOUT_DEFAULT = List.of(
            "coordination.node-id",
            "coordination.jdbc.data-source",
            "coordination.locks.names",
            "coordination.peers.address",
            "coordination.peers.cluster",
            "coordination.peers.data-directory",
            "coordination.peers.members",
            "coordination.peers.port",
            "coordination.peers.previous-members",
            "coordination.peers.role",
            "coordination.peers.secret",
            "coordination.peers.ssl.bundle",
            "coordination.store",
            "coordination.locks.wait-at-most");

    private final JsonNode metadata = read("META-INF/spring-configuration-metadata.json");

    @Test
    void thereIsEveryProperty() {
        assertThat(properties())
                .containsOnlyKeys(
                        "coordination.jdbc.data-source",
                        "coordination.jdbc.fence-table",
                        "coordination.jdbc.initialize-schema",
                        "coordination.locks.lease",
                        "coordination.locks.max-retries",
                        "coordination.locks.maximum-hold",
                        "coordination.locks.maximum-resources",
                        "coordination.locks.maximum-waiting",
                        "coordination.locks.names",
                        "coordination.locks.on-lost",
                        "coordination.locks.renew",
                        "coordination.locks.retry-interval",
                        "coordination.locks.wait-at-most",
                        "coordination.locks.when-busy",
                        "coordination.node-id",
                        "coordination.peers.address",
                        "coordination.peers.cluster",
                        "coordination.peers.data-directory",
                        "coordination.peers.fresh",
                        "coordination.peers.grant",
                        "coordination.peers.max-clock-difference",
                        "coordination.peers.members",
                        "coordination.peers.port",
                        "coordination.peers.previous-members",
                        "coordination.peers.role",
                        "coordination.peers.secret",
                        "coordination.peers.ssl.bundle",
                        "coordination.peers.workers",
                        "coordination.store",
                        "management.endpoint.coordination.access",
                        "management.endpoint.coordination.cache.time-to-live",
                        "management.health.coordination.enabled");
    }

    @Test
    void everyPropertyHasATypeAndADescription() {
        properties().forEach((name, property) -> {
            assertThat(property.path("type").asString("")).as(name).isNotBlank();
            assertThat(property.path("description").asString(""))
                    .as(name)
                    .matches("[A-Z].*\\.")
                    .doesNotStartWith("The ")
                    .doesNotStartWith("A ")
                    .doesNotContain("{@");
        });
    }

    @Test
    void booleansAreDescribedAsQuestions() {
        properties().forEach((name, property) -> {
            if (property.path("type").asString("").equals("java.lang.Boolean")) {
                assertThat(property.path("description").asString("")).as(name).startsWith("Whether ");
            }
        });
    }

    @Test
    void everyPropertyHasItsDefaultUnlessNotSettingItMeansSomething() {
        properties().forEach((name, property) -> {
            boolean optional = WITHOUT_DEFAULT.contains(name) || name.startsWith("management.");
            assertThat(property.has("defaultValue") || optional).as(name).isTrue();
        });
    }

    @Test
    void thereAreHintsForNamedLocks() {
        List<String> hints = new ArrayList<>();
        metadata.path("hints").forEach(hint -> hints.add(hint.path("name").asString("")));

        assertThat(hints).contains("coordination.locks.names.keys", "coordination.locks.names.values");
    }

    private Map<String, JsonNode> properties() {
        Map<String, JsonNode> byName = new TreeMap<>();
        metadata.path("properties")
                .forEach(property -> byName.put(property.path("name").asString(""), property));
        return byName;
    }

    private static JsonNode read(String path) {
        // Several jars have a file of this name; the one beside our classes is meant
        try (InputStream file = CoordinationProperties.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI()
                .resolve(path)
                .toURL()
                .openStream()) {
            return JsonMapper.shared().readTree(file);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
