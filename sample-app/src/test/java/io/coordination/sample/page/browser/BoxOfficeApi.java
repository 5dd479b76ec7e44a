package io.coordination.sample.page.browser;

import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

/** What the box office answers to those who do not look at its page. */
record BoxOfficeApi(RestTestClient http) {

    JsonNode get(String path) {
        return http.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
    }

    /** Whether it is done or refused hangs on what happened before, and is not looked at. */
    void post(String path) {
        http.post().uri(path).exchange().expectStatus().value(status -> {});
    }

    /** The result of the latest rush. */
    JsonNode latestRush() {
        return get("/api/rushes").path("results").path(0);
    }

    /** Lets a small crowd in if none has been there, so that the page has something to show. */
    void ensureRush(boolean locked) {
        String kind = locked ? "WITH_LOCK" : "WITHOUT_LOCK";
        if (!get("/api/rushes").path("results").findValuesAsString("kind").contains(kind)) {
            post("/api/rush?buyers=16&seats=36&locked=" + locked);
        }
    }

    /** The id of a seat by its place, from 0. */
    long seatOfTheEvening(int place) {
        return get("/api/shows/evening").path("seats").path(place).path("id").asLong();
    }

    /** How often anybody asked for the lock of a seat. */
    long acquisitions() {
        for (JsonNode measurement :
                get("/actuator/metrics/coordination.lock.acquire?tag=name:seat").path("measurements")) {
            if (measurement.path("statistic").asString().equals("COUNT")) {
                return measurement.path("value").asLong();
            }
        }
        throw new AssertionError("The meter of acquisitions does not count them");
    }
}
