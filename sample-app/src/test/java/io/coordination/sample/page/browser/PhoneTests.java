package io.coordination.sample.page.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.lock.DistributedLockManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;

@BrowserTest
class PhoneTests {

    @Autowired
    RestTestClient http;

    @Autowired
    DistributedLockManager locks;

    @ParameterizedTest
    @ValueSource(ints = {320, 360})
    void nothingIsWiderThanThePhone(int width, Page page) {
        page.size(width, 740);
        try (var busy = new BusyEvening(new BoxOfficeApi(http), locks)) {
            busy.awaitOn(page);

            List<Long> widths = page.script(
                    "const { clientWidth, scrollWidth } = document.documentElement; return [clientWidth, scrollWidth]");
            assertThat(widths).containsExactly((long) width, (long) width);
            assertThat(page.<List<String>>run("reach.js", "return beyondTheEdge()"))
                    .isEmpty();
        }
    }

    @Test
    void everyButtonIsWithinReachOfAFinger(Page page) {
        page.size(360, 740);

        assertThat(page.<List<String>>run("reach.js", "return outOfReach()")).isEmpty();
        page.enter("#buyers", "8");
        page.enter("#seats", "6");
        page.find("#with-lock .action").click();
        page.soon()
                .untilAsserted(
                        () -> assertThat(page.text("#rush-news")).isEqualTo("0 seats sold twice, 6 tickets sold."));
    }
}
