package io.coordination.sample.page.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.lock.DistributedLockManager;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;

@BrowserTest
class ColourTests {

    /** What WCAG 2 asks of ordinary text at level AA. Here large text has it as well. */
    private static final double ENOUGH = 4.5;

    @Autowired
    RestTestClient http;

    @Autowired
    DistributedLockManager locks;

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void everyTextCanBeRead(String scheme, Page page) {
        page.colours(scheme);
        try (var busy = new BusyEvening(new BoxOfficeApi(http), locks)) {
            busy.awaitOn(page);

            List<Map<String, Object>> texts = page.run("colours.js", "showWhatIsRare(); return texts()");
            assertThat(texts)
                    .extracting(text -> text.get("text"))
                    .contains(
                            "Box office",
                            "seats sold twice",
                            "2 waiting",
                            "released",
                            "rare",
                            "Hold a seat’s lock for 10 s");
            assertThat(texts.stream()
                            .filter(text -> contrast(text) < ENOUGH)
                            .map(text -> text.get("place") + " in " + text.get("colour") + ": " + contrast(text))
                            .distinct())
                    .isEmpty();
        }
    }

    @Test
    void inTheDarkThePageIsDark(Page page) {
        page.colours("light");
        assertThat(luminance(page, "backgroundColor")).isGreaterThan(0.7);
        assertThat(luminance(page, "color")).isLessThan(0.1);

        page.colours("dark");
        assertThat(luminance(page, "backgroundColor")).isLessThan(0.1);
        assertThat(luminance(page, "color")).isGreaterThan(0.7);
    }

    private static double contrast(Map<String, Object> text) {
        return ((Number) text.get("contrast")).doubleValue();
    }

    private static double luminance(Page page, String property) {
        Number luminance = page.run(
                "colours.js", "return luminance(rgba(getComputedStyle(document.body)[arguments[0]]))", property);
        return luminance.doubleValue();
    }
}
