package io.coordination.sample.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.sample.BoxOfficeTest;
import io.coordination.sample.Trio;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** Two of three are a majority. */
@BoxOfficeTest
@TestPropertySource(properties = "spring.datasource.url=jdbc:h2:mem:one-instance-stops;DB_CLOSE_DELAY=-1")
@DirtiesContext
class StoppedInstanceTests {

    @Autowired
    Trio trio;

    @BeforeEach
    void stopOne() {
        trio.stop("box-c");
    }

    @Test
    void theOthersGoOnSellingEverySeatOnce() {
        JsonNode result = trio.http("box-b")
                .post()
                .uri("/api/rush?locked=true&buyers=32&seats=10")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();

        assertThat(result.path("soldBy").propertyNames()).containsExactly("box-a", "box-b");
        assertThat(result.path("seatsSoldTwice").asInt()).isZero();
        assertThat(result.path("tickets").asInt()).isEqualTo(10);
        assertThat(result.path("failures").asInt()).isZero();
    }

    @Test
    void theOthersShowThatItDoesNotAnswer() {
        JsonNode gone = trio.get("box-a", "/api/instances").path(2);

        assertThat(gone.path("name").asString()).isEqualTo("box-c");
        assertThat(gone.path("ready").asBoolean()).isFalse();
        assertThat(gone.path("report").isNull()).isTrue();
    }
}
