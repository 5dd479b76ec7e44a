package io.coordination.sample.page.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.lock.DistributedLockManager;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

@BrowserTest
class LocksOnThePageTests {

    @Autowired
    RestTestClient http;

    @Autowired
    DistributedLockManager locks;

    /** The demonstration goes on for some seconds after this test: no other one may start it. */
    @Test
    void whoHoldsALockAndHowManyWaitIsSeenAfterTheButtonIsPressed(Page page) {
        page.find("#hold").click();

        page.soon().untilAsserted(() -> {
            assertThat(page.text("#locks-news"))
                    .isEqualTo("A seat’s lock is taken for 10 s; 3 wait for it and hold it for 1 s each.");
            assertThat(page.count("#evening .locked")).isEqualTo(1);
            assertThat(page.lock("hold-demo")).contains("held for").doesNotContain("waiting");
        });
        JsonNode held = new BoxOfficeApi(http)
                .get("/actuator/coordination?name=seat")
                .path("held")
                .path(0);
        String key = held.path("key").asString();
        assertThat(page.lock("seat " + key))
                .contains("3 waiting", "held for", held.path("token").asString())
                .containsPattern("lease: [\\d.]+ m?s left");
        assertThat(page.find("#seat-" + key).getDomAttribute("aria-label")).endsWith(", locked now");
    }

    @Test
    void aLockLeavesThePageWhenItIsReleasedAndStaysInTheHistory(Page page) {
        long seat = new BoxOfficeApi(http).seatOfTheEvening(80);
        String title = "seat " + seat;
        String mark = "#evening #seat-" + seat + ".locked";
        try (var held = new HeldSeat(locks, seat, 1)) {
            page.soon().untilAsserted(() -> {
                assertThat(page.lock(held.title())).contains("1 waiting");
                assertThat(page.count(mark)).isEqualTo(1);
            });
            assertThat(page.text("#history")).doesNotContainPattern(title + "\\b");
        }

        page.soon().untilAsserted(() -> {
            assertThat(page.lock(title)).isEmpty();
            assertThat(page.count(mark)).isZero();
            assertThat(page.text("#history")).containsPattern(title + "\\b.*released");
        });
    }
}
