package io.coordination.sample.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.Resource;
import io.coordination.sample.BoxOfficeTest;
import io.coordination.sample.Trio;
import io.coordination.sample.show.Show;
import io.coordination.sample.show.Shows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import tools.jackson.databind.JsonNode;

@BoxOfficeTest
class ThreeInstancesTests {

    private static final List<String> BOXES = List.of("box-a", "box-b", "box-c");

    @Autowired
    Trio trio;

    @Autowired
    Shows shows;

    @ParameterizedTest
    @ValueSource(strings = {"box-a", "box-b", "box-c"})
    void everyInstanceKnowsWhatAllOfThemSay(String box) {
        JsonNode all = trio.get(box, "/api/instances");

        assertThat(all.valueStream().map(instance -> instance.path("name").asString()))
                .containsExactlyElementsOf(BOXES);
        for (JsonNode instance : all) {
            assertThat(instance.path("self").asBoolean())
                    .isEqualTo(instance.path("name").asString().equals(box));
            assertThat(instance.path("ready").asBoolean()).isTrue();
            assertThat(instance.path("report").path("node")).isEqualTo(instance.path("name"));
            assertThat(instance.path("report").path("scope").asString()).isEqualTo("cluster box-office");
        }
    }

    @Test
    void theTokensOfASeatRiseOverTheInstances() {
        long seat = shows.open("Tour", 1).seats().get(0).id();
        List<Long> tokens = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            for (String box : BOXES) {
                trio.http(box)
                        .post()
                        .uri("/api/seats/{id}/reservation?buyer=ada", seat)
                        .exchange()
                        .expectStatus()
                        .isOk();
                tokens.add(latestToken(box, seat));
            }
        }

        assertThat(tokens).hasSize(6).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aSeatThatIsLockedAtOneInstanceIsWaitedForAtAnother() throws InterruptedException {
        Show show = shows.open("Tour", 1);
        long seat = show.seats().get(0).id();
        var bought = new CompletableFuture<HttpStatusCode>();

        locks("box-a").run(Resource.of("seat", Long.toString(seat)), held -> {
            bought.completeAsync(() -> buy("box-b", seat));
            await().atMost(Duration.ofMinutes(1)).until(() -> waiting("box-b", seat) == 1);
            assertThat(shows.find(show.id()).orElseThrow().tickets()).isZero();
        });

        assertThat(bought.join()).isEqualTo(HttpStatus.OK);
        assertThat(shows.find(show.id()).orElseThrow().tickets()).isOne();
    }

    private DistributedLockManager locks(String box) {
        return trio.instance(box).getBean(DistributedLockManager.class);
    }

    private HttpStatusCode buy(String box, long seat) {
        return trio.http(box)
                .post()
                .uri("/api/seats/{id}/purchase?buyer=ada", seat)
                .exchange()
                .returnResult()
                .getStatus();
    }

    private int waiting(String box, long seat) {
        return rows(box, "waiting", seat)
                .mapToInt(row -> row.path("waiting").asInt())
                .sum();
    }

    private long latestToken(String box, long seat) {
        return rows(box, "history", seat)
                .mapToLong(row -> Long.parseLong(row.path("token").asString()))
                .findFirst()
                .orElseThrow();
    }

    private Stream<JsonNode> rows(String box, String kind, long seat) {
        return trio.get(box, "/actuator/coordination?name=seat")
                .path(kind)
                .valueStream()
                .filter(row -> row.path("key").asString().equals(Long.toString(seat)));
    }
}
