package io.coordination.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coordination.annotation.WithLock;
import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.Lease;
import io.coordination.lock.LockOptions;
import io.coordination.lock.Resource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "coordination.node-id=box-a",
            "coordination.store=local",
            "coordination.locks.names.report.lease=5s",
            "management.endpoints.web.exposure.include=coordination,health,metrics",
            "management.endpoint.health.show-details=always"
        })
class ActuatorOverHttpTests {

    private static final LockOptions WAIT = LockOptions.defaults();

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @Autowired
    private DistributedLockManager locks;

    @Test
    void theEndpointTellsWhoHoldsWhatAndWhoWaits() throws Exception {
        Resource seat = Resource.of("held", "row 1/seat:2");
        CompletableFuture<Lease> waiter;
        try (Lease lease = locks.acquire(seat)) {
            waiter = locks.acquireAsync(seat, WAIT);

            JsonNode report = get("/actuator/coordination?name=held");

            assertThat(report.propertyNames())
                    .containsExactly("node", "scope", "store", "totals", "held", "waiting", "history");
            assertThat(report.path("node").asString()).isEqualTo("box-a");
            assertThat(report.path("scope").asString()).isEqualTo("this JVM");
            assertThat(report.path("store").asString()).isEqualTo("local");
            assertThat(report.path("totals").propertyNames())
                    .containsExactly("held", "waiting", "atRisk", "ended", "lost");
            assertThat(report.path("totals").path("held").asInt()).isPositive();
            assertThat(report.path("totals").path("waiting").asInt()).isPositive();
            JsonNode row = report.path("held").path(0);
            assertThat(row.propertyNames())
                    .containsExactly(
                            "name", "key", "holder", "token", "state", "since", "heldFor", "remaining", "waiting");
            assertThat(row.path("name").asString()).isEqualTo("held");
            assertThat(row.path("key").asString()).isEqualTo("row 1/seat:2");
            assertThat(row.path("holder").path("process").asString())
                    .isEqualTo(lease.holder().process().toString());
            assertThat(row.path("holder").path("thread").asString())
                    .isEqualTo(Thread.currentThread().getName());
            assertThat(row.path("token").isString()).isTrue();
            assertThat(row.path("token").asString()).isEqualTo(lease.token().toString());
            assertThat(row.path("state").asString()).isEqualTo("held");
            assertThat(Instant.parse(row.path("since").asString())).isBeforeOrEqualTo(Instant.now());
            assertThat(Duration.parse(row.path("heldFor").asString())).isPositive();
            assertThat(Duration.parse(row.path("remaining").asString()))
                    .isPositive()
                    .isLessThanOrEqualTo(WAIT.lease());
            assertThat(row.path("waiting").asInt()).isEqualTo(1);
        }
        waiter.join().close();
    }

    @Test
    void theHistoryTellsTheLatestFirstAndHowEachEnded() throws Exception {
        locks.acquire(Resource.of("past", "released")).close();
        CompletableFuture<Object> lost = new CompletableFuture<>();
        try (Lease lease = locks.acquire(
                Resource.of("past", "lost"),
                WAIT.withLease(Duration.ofMillis(20)).withRenew(false))) {
            lease.onLost(lost::complete);
            lost.join();
        }
        await().until(() ->
                get("/actuator/coordination?name=past").path("history").size() == 2);

        JsonNode history = get("/actuator/coordination?name=past").path("history");

        assertThat(history.path(0).propertyNames())
                .containsExactly("name", "key", "holder", "token", "since", "heldFor", "end");
        assertThat(history.findValuesAsString("key")).isEqualTo(List.of("lost", "released"));
        assertThat(history.findValuesAsString("end")).isEqualTo(List.of("expired", "released"));
        assertThat(history.path(0).path("token").isString()).isTrue();
    }

    @Test
    void theLimitBoundsEveryList() throws Exception {
        for (int i = 0; i < 3; i++) {
            locks.acquire(Resource.of("limited", "past-" + i)).close();
        }
        try (Lease one = locks.acquire(Resource.of("limited", "1"));
                Lease two = locks.acquire(Resource.of("limited", "2"))) {
            assertThat(one.token()).isNotNull();
            assertThat(two.token()).isNotNull();
            JsonNode report = get("/actuator/coordination?name=limited&limit=1");

            assertThat(report.path("held").size()).isEqualTo(1);
            assertThat(report.path("held").path(0).path("key").asString()).isEqualTo("1");
            assertThat(report.path("history").size()).isEqualTo(1);
            assertThat(report.path("totals").path("held").asInt()).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void withoutALimitThereAreAHundredRows() throws Exception {
        for (int i = 0; i < 101; i++) {
            locks.acquire(Resource.of("many", Integer.toString(i))).close();
        }

        assertThat(get("/actuator/coordination?name=many").path("history").size())
                .isEqualTo(100);
    }

    @Test
    void aLimitOutOfBoundsIsABadRequest() throws Exception {
        assertThat(send("/actuator/coordination?limit=0").statusCode()).isEqualTo(400);
        assertThat(send("/actuator/coordination?limit=1001").statusCode()).isEqualTo(400);
        assertThat(send("/actuator/coordination?limit=many").statusCode()).isEqualTo(400);
    }

    @Test
    void healthSaysHowFarTheLocksReachAndHowManyThereAre() throws Exception {
        try (Lease lease = locks.acquire(Resource.named("health"))) {
            assertThat(lease.token()).isNotNull();
            JsonNode component = get("/actuator/health").path("components").path("coordination");

            assertThat(component.path("status").asString()).isEqualTo("UP");
            JsonNode details = component.path("details");
            assertThat(details.propertyNames())
                    .containsExactlyInAnyOrder("node", "scope", "store", "held", "waiting", "atRisk");
            assertThat(details.path("scope").asString()).isEqualTo("this JVM");
            assertThat(details.path("held").asInt()).isPositive();
            assertThat(details.path("atRisk").asInt()).isZero();
        }
    }

    @Test
    void aLockThatIsOnlyConfiguredHasItsMetersAtZero() throws Exception {
        assertThat(acquisitions("report")).isZero();
    }

    @Test
    void aLockOfAnAnnotatedMethodHasItsMetersAtZeroBeforeTheFirstCall() throws Exception {
        assertThat(acquisitions("annotated")).isZero();
    }

    private double acquisitions(String name) throws Exception {
        JsonNode metric = get("/actuator/metrics/coordination.lock.acquire?tag=name:" + name + "&tag=outcome:acquired");
        return metric.path("measurements").path(0).path("value").asDouble();
    }

    private JsonNode get(String path) throws Exception {
        HttpResponse<String> response = send(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(response.body());
    }

    private HttpResponse<String> send(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Annotated annotated() {
            return new Annotated();
        }
    }

    static class Annotated {

        @WithLock(name = "annotated")
        void neverCalled() {}
    }
}
