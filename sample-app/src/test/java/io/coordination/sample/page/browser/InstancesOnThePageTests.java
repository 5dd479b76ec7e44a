package io.coordination.sample.page.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.lock.DistributedLockManager;
import io.coordination.sample.Trio;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;

@BrowserTest
class InstancesOnThePageTests {

    @Autowired
    RestTestClient http;

    @Autowired
    Trio trio;

    @Test
    void threeInstancesAreUp(Page page) {
        page.soon()
                .untilAsserted(() ->
                        assertThat(states(page)).containsExactly("box-a up, serves this page", "box-b up", "box-c up"));
    }

    @Test
    void eachOtherInstanceServesThePageAsWell(Page page) {
        page.find("#instances a").click();

        page.soon().untilAsserted(() -> {
            assertThat(page.text("#node")).isEqualTo("box-b · scope: cluster box-office");
            assertThat(states(page)).containsExactly("box-a up", "box-b up, serves this page", "box-c up");
        });
    }

    @Test
    void whoHoldsASeatAndWhoWaitsIsSeenWhicheverInstancesTheyAre(Page page) {
        long seat = new BoxOfficeApi(http).seatOfTheEvening(81);
        try (var held = new HeldSeat(locks("box-b"), seat, 1)) {
            held.addWaiting(locks("box-c"), 2);
            page.soon()
                    .untilAsserted(() -> assertThat(page.lock(held.title()))
                            .contains("3 waiting", "by box-b/", "1 at box-b, 2 at box-c"));
            assertThat(page.count("#evening #seat-" + seat + ".locked")).isEqualTo(1);
        }
    }

    private DistributedLockManager locks(String box) {
        return trio.instance(box).getBean(DistributedLockManager.class);
    }

    private static List<String> states(Page page) {
        return page.script("""
                const cards = [...document.querySelectorAll('.instance-head')];
                return cards.map((card) => [...card.children].map((part) => part.innerText).join(' '));
                """);
    }
}
