package io.coordination.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.lock.Lease;
import io.coordination.lock.LeaseState;
import io.coordination.lock.Resource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Instances whose request threads are all blocked go on voting and renewing: links have a port and threads of their own. */
class BlockedRequestsTests {

    private static final int REQUESTS = 50;
    private static final Duration GRANT = Duration.ofSeconds(1);

    private final Instances instances = new Instances(Application.class, WebApplicationType.SERVLET);
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stopAll() {
        Application.released.countDown();
        instances.close();
    }

    @Test
    void noLeaseIsLostAndLocksAreObtained() throws Exception {
        Application.released = new CountDownLatch(1);
        instances.startAll("--server.tomcat.threads.max=4", "--spring.lifecycle.timeout-per-shutdown-phase=5s");
        List<CompletableFuture<HttpResponse<String>>> requests = new ArrayList<>();
        for (String node : Instances.VOTERS) {
            for (int i = 0; i < REQUESTS; i++) {
                requests.add(http.sendAsync(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + webPort(node) + "/block"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString()));
            }
        }
        Awaitility.await("all request threads are blocked")
                .atMost(Duration.ofSeconds(60))
                .until(() -> Application.blocked.get() == 3 * 4);
        AtomicInteger lost = new AtomicInteger();

        try (Lease held = instances.locks("box-a").acquire(Resource.named("held"))) {
            held.onLost(loss -> lost.incrementAndGet());
            long end = System.nanoTime() + 3 * GRANT.toNanos();
            int obtained = 0;
            while (System.nanoTime() < end) {
                for (String node : Instances.VOTERS) {
                    try (Lease lease = instances.locks(node).acquire(Resource.named("busy"))) {
                        lease.ensureHeld();
                        obtained++;
                    }
                }
            }
            assertThat(obtained).isGreaterThan(Instances.VOTERS.size());
            assertThat(held.state()).isEqualTo(LeaseState.HELD);
        }
        assertThat(lost).hasValue(0);
        assertThat(Application.blocked).as("requests are still blocked").hasValue(3 * 4);
        assertThat(requests).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void theHubAnswersNothingAtThePortOfTheApplicationAndTheApplicationNothingAtThatOfTheHub() throws Exception {
        Application.released = new CountDownLatch(0);
        instances.start("box-a");

        assertThat(status(webPort("box-a"), "/coordination")).isEqualTo(404);
        assertThat(status(webPort("box-a"), "/block")).isEqualTo(200);
        assertThat(status(instances.port("box-a"), "/block")).isEqualTo(404);
        assertThat(status(instances.port("box-a"), "/")).isEqualTo(404);
    }

    private int status(int port, String path) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private int webPort(String node) {
        var server = ((WebServerApplicationContext) instances.instance(node)).getWebServer();
        assertThat(server).isNotNull();
        return server.getPort();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(excludeName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
    static class Application {

        static volatile CountDownLatch released = new CountDownLatch(0);
        static final AtomicInteger blocked = new AtomicInteger();

        @Bean
        Blocking blocking() {
            return new Blocking();
        }
    }

    @RestController
    static class Blocking {

        @GetMapping("/block")
        String block() throws InterruptedException {
            Application.blocked.incrementAndGet();
            Application.released.await();
            Application.blocked.decrementAndGet();
            return "done";
        }
    }
}
