package io.coordination.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whole applications, each with a class path of its own that lacks the jars of a library. */
class OptionalLibrariesTests {

    private static final List<String> ACTUATOR = List.of("spring-boot-actuator", "spring-boot-health");
    private static final List<String> MICROMETER =
            List.of("micrometer-core", "micrometer-jakarta9", "spring-boot-micrometer");
    private static final List<String> JDBC = List.of(
            "spring-jdbc",
            "spring-boot-jdbc",
            "spring-boot-sql",
            "spring-tx",
            "spring-boot-transaction",
            "HikariCP",
            "h2-",
            "postgresql-");
    private static final List<String> WEB = List.of(
            "spring-web",
            "spring-boot-web",
            "spring-boot-tomcat",
            "spring-boot-servlet",
            "spring-boot-http",
            "tomcat-");
    private static final List<String> REACTOR = List.of("reactor-", "reactive-streams");
    private static final List<String> VALIDATION =
            List.of("jakarta.validation", "hibernate-validator", "spring-boot-validation");

    @Test
    void withAllLibrariesThereIsEverythingThatNeedsNoMore() throws Exception {
        assertThat(beansWithout(List.of()))
                .contains(
                        "coordinationLockManager",
                        "coordinationHealthIndicator",
                        "coordinationEndpoint",
                        "coordinationLockMeters",
                        "coordinationJdbcFencingGuard");
    }

    @Test
    void withoutActuatorThereAreLocksAndMeters() throws Exception {
        assertThat(beansWithout(ACTUATOR))
                .contains("coordinationLockManager", "coordinationLockMeters")
                .doesNotContain("coordinationHealthIndicator", "coordinationEndpoint", "coordinationLockHistory");
    }

    @Test
    void withoutMicrometerThereAreLocksAndTheEndpoint() throws Exception {
        assertThat(beansWithout(MICROMETER))
                .contains("coordinationLockManager", "coordinationEndpoint")
                .doesNotContain("coordinationLockMeters");
    }

    @Test
    void withoutJdbcThereAreLocks() throws Exception {
        assertThat(beansWithout(JDBC))
                .contains("coordinationLockManager")
                .doesNotContain("coordinationJdbcFencingGuard", "coordinationFenceTableInitializer");
    }

    @Test
    void withoutAWebServerThereAreLocksAndTheEndpoint() throws Exception {
        assertThat(beansWithout(WEB)).contains("coordinationLockManager", "coordinationEndpoint");
    }

    @Test
    void withoutReactorThereAreLocks() throws Exception {
        assertThat(beansWithout(REACTOR)).contains("coordinationLockManager");
    }

    @Test
    void withoutValidationThereAreLocks() throws Exception {
        assertThat(beansWithout(VALIDATION)).contains("coordinationLockManager");
    }

    @Test
    void withoutAnyOfThemThereAreLocks() throws Exception {
        List<String> all = Stream.of(ACTUATOR, MICROMETER, JDBC, WEB, REACTOR, VALIDATION)
                .flatMap(List::stream)
                .toList();

        assertThat(beansWithout(all))
                .contains("coordinationLockManager", "coordinationLockManagerLifecycle")
                .doesNotContain(
                        "coordinationHealthIndicator",
                        "coordinationEndpoint",
                        "coordinationLockMeters",
                        "coordinationJdbcFencingGuard");
    }

    @SuppressWarnings("unchecked")
    private static List<String> beansWithout(List<String> jars) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(classPathWithout(jars), ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(loader);
            return (List<String>) loader.loadClass(SmallApplication.class.getName())
                    .getMethod("beans")
                    .invoke(null);
        } finally {
            thread.setContextClassLoader(usual);
        }
    }

    private static URL[] classPathWithout(List<String> jars) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            File file = new File(entry);
            if (jars.stream().noneMatch(jar -> file.getName().startsWith(jar))) {
                urls.add(file.toURI().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }
}
