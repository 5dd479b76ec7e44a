package io.coordination.sample.page.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

@BrowserTest
class RushOnThePageTests {

    @Autowired
    RestTestClient http;

    BoxOfficeApi api;

    @BeforeEach
    void talkToTheBoxOffice() {
        api = new BoxOfficeApi(http);
    }

    @Test
    void aRushWithoutALockIsShownAsItWas(Page page) {
        JsonNode result = rush(page, "#without-lock");

        assertThat(result.path("kind").asString()).isEqualTo("WITHOUT_LOCK");
        assertShown(page, "#without-lock", result);
    }

    @Test
    void aRushWithTheLockSellsNoSeatTwice(Page page) {
        JsonNode result = rush(page, "#with-lock");

        assertThat(result.path("kind").asString()).isEqualTo("WITH_LOCK");
        assertShown(page, "#with-lock", result);
        assertThat(page.text("#with-lock .number")).isEqualTo("0");
        assertThat(page.text("#with-lock .verdict p")).contains("24 tickets for 24 seats: none too many.");
        assertThat(page.count("#with-lock .house .seat[data-status=SOLD]")).isEqualTo(24);
        page.soon()
                .untilAsserted(
                        () -> assertThat(page.facts("#meters")).containsEntry("asked for", count(api.acquisitions())));
    }

    @Test
    void aCrowdThatIsTooLargeIsNotLetIn(Page page) {
        JsonNode before = api.get("/api/rushes");
        page.enter("#buyers", "501");

        page.find("#with-lock .action").click();

        assertThat(page.<Boolean>script("return document.activeElement.matches('#buyers:invalid')"))
                .isTrue();
        assertThat(api.get("/api/rushes")).isEqualTo(before);
    }

    private JsonNode rush(Page page, String ticket) {
        page.enter("#buyers", "40");
        page.enter("#seats", "24");
        page.find(ticket + " .action").click();
        page.soon().untilAsserted(() -> assertThat(page.text("#rush-news")).endsWith(" sold."));
        return api.latestRush();
    }

    /** Everything that the ticket says, and each of its seats, is what the box office answers. */
    private void assertShown(Page page, String ticket, JsonNode result) {
        List<String> seats = api.get("/api/shows/" + result.path("show").asLong())
                .path("seats")
                .valueStream()
                .map(RushOnThePageTests::look)
                .toList();
        assertThat(seats).hasSize(24);
        page.soon().untilAsserted(() -> {
            assertThat(page.text(ticket + " .number"))
                    .isEqualTo(result.path("seatsSoldTwice").asString());
            assertThat(page.text(ticket + " .verdict p"))
                    .contains(count(result.path("tickets").asLong()) + " tickets for 24 seats");
            assertThat(page.facts(ticket + " .facts"))
                    .containsEntry("seats sold", "24 of 24")
                    .containsEntry("buyers served", result.path("buyersServed").asInt() + " of 40")
                    .containsEntry("requests", "768")
                    .containsKeys("took", "median answer", "99 % within")
                    .doesNotContainKey("failed requests");
            assertThat(looks(page, ticket)).isEqualTo(seats);
        });
    }

    /** A seat as the page should show it: its state, and how often it was sold if that is too often. */
    private static String look(JsonNode seat) {
        int sales = seat.path("sales").asInt();
        return seat.path("status").asString() + (sales > 1 ? " " + sales : "");
    }

    private static List<String> looks(Page page, String ticket) {
        return page.script("""
                const seats = [...document.querySelectorAll(`${arguments[0]} .house .seat`)];
                return seats.map((seat) => `${seat.dataset.status} ${seat.textContent}`.trim());
                """, ticket);
    }

    private static String count(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }
}
