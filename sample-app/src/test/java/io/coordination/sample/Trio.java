package io.coordination.sample;

import io.coordination.peer.PeerLeaseStore;
import io.coordination.peer.PeerState;
import io.coordination.sample.instance.Instances;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

/**
 * Makes the application of a test the first of three instances, at free ports. The others are started in the same JVM, as the box
 * office itself does it, and end with the first. A bean, so that tests can talk to them.
 */
public final class Trio implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final List<String> BOXES = List.of("box-a", "box-b", "box-c");
    private static final List<String> DATABASE = List.of("spring.datasource.url", "spring.datasource.username");

    private final Map<String, ConfigurableApplicationContext> instances = new TreeMap<>();

    @Override
    public void initialize(ConfigurableApplicationContext first) {
        ConfigurableEnvironment environment = first.getEnvironment();
        Map<String, Object> ports = ports();
        environment.getPropertySources().addFirst(new MapPropertySource("trio", ports));
        environment.getPropertySources().addFirst(new MapPropertySource("first", Map.of("box", BOXES.get(0))));
        first.getBeanFactory().registerSingleton("trio", this);
        first.addApplicationListener((ApplicationListener<ApplicationReadyEvent>) ready -> {
            if (ready.getApplicationContext() == first) {
                instances.put(BOXES.get(0), first);
                startOthers(environment, ports);
            }
        });
        first.addApplicationListener((ApplicationListener<ContextClosedEvent>) closed -> {
            if (closed.getApplicationContext() == first) {
                BOXES.subList(1, BOXES.size()).forEach(this::stop);
            }
        });
    }

    /** Over HTTP, as anybody else. */
    public RestTestClient http(String box) {
        var addresses = instance(BOXES.get(0)).getBean(Instances.class);
        return RestTestClient.bindToServer()
                .baseUrl(addresses.address(box, "").toString())
                .build();
    }

    /** What one of them answers. */
    public JsonNode get(String box, String path) {
        return http(box)
                .get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
    }

    /** The application of one of them. */
    public ConfigurableApplicationContext instance(String box) {
        ConfigurableApplicationContext instance = instances.get(box);
        if (instance == null) {
            throw new IllegalStateException(box + " does not run.");
        }
        return instance;
    }

    /** Ends one of them, and leaves the others alone. */
    public void stop(String box) {
        ConfigurableApplicationContext instance = instances.remove(box);
        if (instance != null) {
            instance.close();
        }
    }

    private void startOthers(ConfigurableEnvironment environment, Map<String, Object> ports) {
        List<String> arguments = new ArrayList<>();
        ports.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        DATABASE.stream()
                .filter(environment::containsProperty)
                .forEach(name -> arguments.add("--" + name + "=" + environment.getProperty(name)));
        for (String box : BOXES.subList(1, BOXES.size())) {
            instances.put(box, start(box, List.of(environment.getActiveProfiles()), arguments));
        }
        instances.forEach((box, instance) -> Awaitility.await(box + " votes")
                .atMost(Duration.ofMinutes(1))
                .until(() -> instance.getBean(PeerLeaseStore.class).state() == PeerState.READY));
    }

    private static ConfigurableApplicationContext start(String box, List<String> profiles, List<String> arguments) {
        try {
            return BoxOffice.start(box, profiles, arguments.toArray(String[]::new));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The start of " + box + " was interrupted.", e);
        }
    }

    private static Map<String, Object> ports() {
        Map<String, Object> ports = new LinkedHashMap<>();
        for (String box : BOXES) {
            ports.put("box-office.ports." + box, freePort());
            ports.put("coordination.peers.members." + box, "ws://127.0.0.1:" + freePort());
        }
        return ports;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
