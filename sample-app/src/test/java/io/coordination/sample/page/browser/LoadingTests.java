package io.coordination.sample.page.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.sample.page.browser.Complaints.Request;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@BrowserTest
class LoadingTests {

    @Test
    void thePageLoadsWithoutAnErrorAndAsksNobodyElse(Page page) {
        assertThat(page.text("#node")).isEqualTo("box-a · scope: cluster box-office");
        assertThat(page.count("#evening .seat")).isEqualTo(96);
        assertThat(page.count("#meters dd")).isEqualTo(6);
        assertThat(page.find("#banner").isDisplayed()).isFalse();

        List<Request> requests = page.complaints().requests().toList();
        assertThat(requests).noneMatch(Request::failed);
        assertThat(requests)
                .extracting(request -> URI.create(request.url()).getHost())
                .containsOnly("127.0.0.1");
        assertThat(requests)
                .extracting(request -> URI.create(request.url()).getPath())
                .contains(
                        "/",
                        "/css/theme.css",
                        "/js/main.js",
                        "/js/house.js",
                        "/api/instances",
                        "/api/rushes",
                        "/api/shows/evening");
    }

    /** Without this the silence of the browser at the end of every other test would prove nothing. */
    @Test
    void whatGoesWrongInTheBrowserIsSeen(Page page) {
        page.script("console.error('a complaint')");
        page.script("setTimeout(() => { throw new Error('nobody caught me') })");
        page.script("Promise.reject(new Error('nobody awaited me'))");
        page.script("return fetch('nowhere.json').then(() => null)");
        page.script("return fetch('https://example.org/').catch(() => null)");

        assertThat(page.complaints().sinceLastAsked())
                .anyMatch(complaint -> complaint.contains("a complaint"))
                .anyMatch(complaint -> complaint.contains("nobody caught me"))
                .anyMatch(complaint -> complaint.contains("nobody awaited me"))
                .anyMatch(complaint -> complaint.contains("nowhere.json") && complaint.contains("404"))
                .anyMatch(complaint -> complaint.contains("https://example.org/"));
    }

    @Test
    void withoutAnAnswerThePageSaysHowOldItIsAndGoesOnWhenThereIsOne(Page page) {
        network(page, true);
        page.soon().untilAsserted(() -> {
            assertThat(page.find("#banner").isDisplayed()).isTrue();
            assertThat(page.text("#banner"))
                    .matches("No answer from the box office. What you see is \\d+ s old; trying again.");
        });

        network(page, false);
        page.soon()
                .untilAsserted(
                        () -> assertThat(page.find("#banner").isDisplayed()).isFalse());
        assertThat(page.complaints().sinceLastAsked()).isNotEmpty();
    }

    private static void network(Page page, boolean cut) {
        page.command(
                "Network.emulateNetworkConditions",
                Map.of("offline", cut, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }
}
