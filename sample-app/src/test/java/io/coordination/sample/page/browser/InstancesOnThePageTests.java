package io.coordination.sample.page.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.lock.DistributedLockManager;
import io.coordination.sample.Trio;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

@BrowserTest
class InstancesOnThePageTests {

    private static final String NEED_A_LOCK = ":is(#hold, .action)";

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
    void theProcessAndTheLinksOfEachAreSeen(Page page) {
        JsonNode ofBoxB = trio.get("box-a", "/actuator/coordination")
                .path("peers")
                .path("members")
                .path(0);
        assertThat(ofBoxB.path("node").asString()).isEqualTo("box-b");

        page.soon().untilAsserted(() -> {
            String process = ofBoxB.path("process").asString();
            assertThat(page.text("#instances :nth-child(2) .vote"))
                    .isEqualTo("votes · incarnation " + process.substring("box-b/".length()));
            assertThat(page.text("#instances :nth-child(2) .links"))
                    .matches("to box-a [\\d.]+ m?s · to box-c [\\d.]+ m?s");
            assertThat(page.find("#instances .trouble").isDisplayed()).isFalse();
        });
    }

    @Test
    void anInstanceThatIsGoneIsSeenWithTheReason(Page page) {
        pretend(page, """
                for (const { report } of all) {
                  Object.assign(report.peers.members.find(({ node }) => node === 'box-c') ?? {}, { state: 'gone', problem: 'no way' });
                }
                all[2].report = null;""");

        page.soon().untilAsserted(() -> {
            assertThat(states(page)).containsExactly("box-a up, serves this page", "box-b up", "box-c gone");
            assertThat(page.text("#instances :nth-child(3) .vote")).startsWith("no answer · incarnation ");
            assertThat(page.text("#instances :nth-child(3) .trouble"))
                    .isEqualTo("seen from box-a: no way · seen from box-b: no way");
            assertThat(page.text("#instances :first-child .links")).endsWith(" · to box-c gone");
        });
    }

    @Test
    void whileVotesDoNotCountYetNothingThatNeedsALockCanBePressed(Page page) {
        assertThat(page.count(NEED_A_LOCK + "[aria-disabled=false]")).isEqualTo(3);

        pretend(page, "all[0].ready = false; all[0].report.peers.state = 'recovering';");

        page.soon().untilAsserted(() -> {
            assertThat(page.text("#instances :first-child .vote")).startsWith("its vote does not count yet");
            assertThat(page.text("#rush-hint")).contains("Locks work in a moment");
            assertThat(page.count(NEED_A_LOCK + "[aria-disabled=true]")).isEqualTo(3);
        });
    }

    @Test
    void anInstanceThatSaysNothingOfItsPeersIsShownByItsAnswer(Page page) {
        pretend(page, "all.forEach(({ report }) => delete report.peers); all[2].report = null; all[2].ready = false;");

        page.soon().untilAsserted(() -> {
            assertThat(states(page)).containsExactly("box-a up, serves this page", "box-b up", "box-c gone");
            assertThat(page.text("#instances :nth-child(2) .vote")).isEqualTo("ready");
        });
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

    /** From now on the page is told something else of the instances: what the script makes of the true answer. */
    private static void pretend(Page page, String script) {
        page.script("""
                const ask = window.fetch;
                const change = new Function('all', arguments[0]);
                window.fetch = async (path, options) => {
                  const answer = await ask(path, options);
                  if (path !== 'api/instances') {
                    return answer;
                  }
                  const all = await answer.json();
                  change(all);
                  return Response.json(all);
                };
                """, script);
    }

    private static List<String> states(Page page) {
        return page.script("""
                const cards = [...document.querySelectorAll('.instance-head')];
                return cards.map((card) => [...card.children].map((part) => part.innerText).join(' '));
                """);
    }
}
