package io.coordination.sample.page.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.lock.DistributedLockManager;
import io.coordination.sample.instance.Instances;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;

@BrowserTest
class KeyboardTests {

    /** What WCAG 2 asks of the mark of the focus. */
    private static final double SEEN = 3;

    @Autowired
    RestTestClient http;

    @Autowired
    DistributedLockManager locks;

    @Autowired
    Instances instances;

    BoxOfficeApi api;

    @BeforeEach
    void talkToTheBoxOffice() {
        api = new BoxOfficeApi(http);
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void theTabKeyReachesEverythingInOrderAndShowsWhereItIs(String scheme, Page page) {
        page.colours(scheme);

        assertThat(stops(page)).isEqualTo(stopsOfTheWidePage());
        // No button, input or link was forgotten; of the seats one is a stop, and arrow keys lead to the others
        assertThat(page.<List<String>>run("focus.js", "return targets()"))
                .containsExactlyInAnyOrderElementsOf(stopsOfTheWidePage());
    }

    @Test
    void onAPhoneTheTableThatScrollsIsReachedAsWell(Page page) {
        page.size(360, 740);
        try (var busy = new BusyEvening(api, locks)) {
            busy.awaitOn(page);
            List<String> expected = new ArrayList<>(stopsOfTheWidePage());
            expected.add(expected.indexOf("#hold") + 1, "div.scroll");

            assertThat(stops(page)).isEqualTo(expected);
        }
    }

    @Test
    void theSkipLinkLeadsToTheRushes(Page page) {
        page.size(1280, 400);
        page.press(Keys.TAB);
        assertThat(page.focused()).isEqualTo("a[href='#rushes']");

        page.press(Keys.ENTER);

        page.soon().untilAsserted(() -> {
            assertThat(page.count("#rushes:target")).isEqualTo(1);
            assertThat(page.<Number>script("return document.getElementById('rushes').getBoundingClientRect().top")
                            .doubleValue())
                    .isBetween(-1.0, 1.0);
        });
        page.press(Keys.TAB);
        assertThat(page.focused()).isEqualTo("#buyers");
    }

    @Test
    void enterAndSpaceStartARushAndTheFocusStays(Page page) {
        page.press(Keys.TAB, Keys.TAB, Keys.TAB, Keys.TAB, "8", Keys.TAB, "6", Keys.TAB, Keys.ENTER);
        awaitRush(page, "WITHOUT_LOCK", "#without-lock");

        page.press(Keys.TAB, Keys.SPACE);
        awaitRush(page, "WITH_LOCK", "#with-lock");
        assertThat(page.text("#rush-news")).isEqualTo("0 seats sold twice, 6 tickets sold.");
    }

    @Test
    void arrowKeysMoveBetweenSeatsAndTheChosenOneIsReserved(Page page) {
        String first = seat(0);
        page.script("document.getElementById('buyer').focus()");
        page.press(Keys.TAB);
        assertThat(page.focused()).isEqualTo(first);

        assertThat(after(page, Keys.ARROW_UP)).isEqualTo(first);
        assertThat(after(page, Keys.ARROW_LEFT)).isEqualTo(first);
        assertThat(after(page, Keys.ARROW_RIGHT)).isEqualTo(seat(1));
        assertThat(after(page, Keys.ARROW_DOWN)).isEqualTo(seat(13));
        assertThat(after(page, Keys.ARROW_LEFT)).isEqualTo(seat(12));
        assertThat(after(page, Keys.ARROW_UP)).isEqualTo(first);
        assertThat(after(page, Keys.ARROW_DOWN)).isEqualTo(seat(12));

        page.press(Keys.ENTER);
        assertThat(page.count(seat(12) + "[aria-pressed=true]")).isEqualTo(1);
        assertThat(page.text("#choice")).isEqualTo("Seat B1 is free.");

        page.press(Keys.TAB, Keys.SPACE);
        page.soon().untilAsserted(() -> {
            assertThat(page.text("#choice")).isEqualTo("Seat B1 is reserved for you for 2 minutes.");
            assertThat(page.count("#reserve[aria-disabled=true]")).isEqualTo(1);
            assertThat(page.count("#release[aria-disabled=false]")).isEqualTo(1);
        });
        assertThat(page.focused()).isEqualTo("#reserve");
        page.press(Keys.SPACE);
        assertThat(page.text("#choice")).isEqualTo("Seat B1 is reserved for you for 2 minutes.");

        page.press(Keys.TAB, Keys.TAB, Keys.SPACE);
        page.soon().untilAsserted(() -> assertThat(page.text("#choice")).isEqualTo("Seat B1 is free again."));
    }

    private List<String> stopsOfTheWidePage() {
        return List.of(
                "a[href='#rushes']",
                page("box-b"),
                page("box-c"),
                "#buyers",
                "#seats",
                "#without-lock button.action",
                "#with-lock button.action",
                "#buyer",
                seat(0),
                "#reserve",
                "#buy",
                "#release",
                "#hold",
                "a[href='actuator/metrics/coordination.lock.acquire?tag=name:seat']",
                "a[href='actuator/coordination']");
    }

    /** Where the Tab key leads from the top of the page until it leaves it, each stop marked so that one sees it. */
    private static List<String> stops(Page page) {
        List<String> stops = new ArrayList<>();
        for (Stop stop = next(page); !stop.at().equals("body") && stops.size() < 50; stop = next(page)) {
            assertThat(stop.contrast())
                    .as("contrast of the mark of the focus on " + stop.at())
                    .isGreaterThanOrEqualTo(SEEN);
            stops.add(stop.at());
        }
        return stops;
    }

    private static Stop next(Page page) {
        page.press(Keys.TAB);
        return new Stop(
                page.focused(),
                page.<Number>run("colours.js", "return focusContrast()").doubleValue());
    }

    private record Stop(String at, double contrast) {}

    private void awaitRush(Page page, String kind, String ticket) {
        page.soon().untilAsserted(() -> {
            assertThat(page.count(ticket + " [aria-disabled=false]")).isEqualTo(1);
            assertThat(page.text("#rush-news")).endsWith(" tickets sold.");
            assertThat(api.latestRush().path("kind").asString()).isEqualTo(kind);
            assertThat(api.latestRush().path("buyers").asInt()).isEqualTo(8);
            assertThat(api.latestRush().path("seats").asInt()).isEqualTo(6);
        });
        assertThat(page.focused()).isEqualTo(ticket + " button.action");
    }

    private static String after(Page page, Keys key) {
        page.press(key);
        return page.focused();
    }

    /** The link to the page of another instance, which the browser finds by the address it came to. */
    private String page(String box) {
        return "a[href='" + instances.address(box, "/").toString().replace("localhost", "127.0.0.1") + "']";
    }

    private String seat(int place) {
        return "#seat-" + api.seatOfTheEvening(place);
    }
}
