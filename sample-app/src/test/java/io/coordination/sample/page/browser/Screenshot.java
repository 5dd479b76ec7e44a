package io.coordination.sample.page.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;

/** No test: takes the picture of the page that the README shows. How to run it: docs/testing.md. */
@BrowserTest
class Screenshot {

    @Autowired
    RestTestClient http;

    @Test
    void ofABusyEvening(Page page) throws IOException {
        page.size(Integer.getInteger("screenshot.width", 1280), 900);
        page.colours(System.getProperty("screenshot.colours", "light"));
        var api = new BoxOfficeApi(http);
        api.post("/api/rush?locked=false");
        api.post("/api/rush?locked=true");
        for (int place : new int[] {15, 16, 17, 28, 29}) {
            api.post("/api/seats/" + api.seatOfTheEvening(place) + "/purchase?buyer=ada");
        }
        api.post("/api/seats/" + api.seatOfTheEvening(20) + "/reservation?buyer=ada");
        page.find("#seat-" + api.seatOfTheEvening(21)).click();
        page.find("#reserve").click();
        // By a key: a mouse that rests on the button would be seen
        page.script("document.getElementById('hold').focus()");
        page.press(Keys.SPACE);
        page.soon().untilAsserted(() -> {
            assertThat(page.count(".facts")).isEqualTo(2);
            assertThat(page.count("#evening [data-status=SOLD]")).isEqualTo(5);
            assertThat(page.count("#evening [data-status=RESERVED]")).isEqualTo(2);
            assertThat(page.text("#held")).contains("3 waiting");
        });

        page.script("document.activeElement.blur()");
        Files.write(target(), page.picture());
    }

    /** Seen from the root of the project. */
    private static Path target() {
        return Path.of("..").resolve(System.getProperty("screenshot", "sample-app/target/box-office.png"));
    }
}
