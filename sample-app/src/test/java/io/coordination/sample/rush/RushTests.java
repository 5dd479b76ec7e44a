package io.coordination.sample.rush;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.Resource;
import io.coordination.sample.BoxOfficeTest;
import io.coordination.sample.Trio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.client.RestTestClient;

@BoxOfficeTest
class RushTests {

    /** One rush sells dozens of seats twice; more are only tried so that a machine with strange timing has its chance. */
    private static final int MOST_RUSHES = 10;

    @Autowired
    RestTestClient http;

    @Autowired
    DistributedLockManager locks;

    @Autowired
    Trio trio;

    @Test
    void withoutALockSeatsAreSoldTwice() {
        RushResult result = rush("locked=false&buyers=64&seats=40");
        for (int i = 1; i < MOST_RUSHES && result.seatsSoldTwice() == 0; i++) {
            result = rush("locked=false&buyers=64&seats=40");
        }

        assertThat(result.seatsSoldTwice()).isPositive();
        assertThat(result.tickets()).isGreaterThan(result.seatsSold());
        assertThat(result.failures()).isZero();
    }

    @Test
    void withTheLockEverySeatIsSoldExactlyOnce() {
        RushResult result = rush("locked=true&buyers=64&seats=40");

        assertThat(result.seatsSoldTwice()).isZero();
        assertThat(result.seatsSold()).isEqualTo(40);
        assertThat(result.tickets()).isEqualTo(40);
        assertThat(result.failures()).isZero();
        assertThat(result.requests()).isEqualTo(40 * 32);
        assertThat(result.soldBy().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(40);
        assertThat(result.buyersServed() + result.buyersRefused()).isEqualTo(64);
    }

    @Test
    void aSingleBuyerGetsEverySeat() {
        RushResult result = rush("locked=true&buyers=1&seats=3");

        assertThat(result.tickets()).isEqualTo(3);
        assertThat(result.buyersServed()).isOne();
        assertThat(result.requests()).isEqualTo(3);
    }

    /** In the rush with the lock, a seat goes to whoever is first; here each instance gets a seat for sure. */
    @Test
    void theCrowdComesToAllInstances() {
        RushResult result = rush("locked=false&buyers=64&seats=40");

        assertThat(result.soldBy()).containsOnlyKeys("box-a", "box-b", "box-c");
        assertThat(result.soldBy().values()).allSatisfy(sold -> assertThat(sold).isPositive());
    }

    @ParameterizedTest
    @ValueSource(strings = {"box-a", "box-b"})
    void theLatestResultIsShownFirstAtEveryInstance(String box) {
        rush("locked=true&buyers=2&seats=1");
        RushResult result = rush("locked=true&buyers=2&seats=2");

        var board = trio.http(box)
                .get()
                .uri("/api/rushes")
                .exchange()
                .expectBody(RushBoard.View.class)
                .returnResult()
                .getResponseBody();

        assertThat(board.running()).isNull();
        assertThat(board.results()).first().isEqualTo(result);
    }

    @ParameterizedTest
    @ValueSource(strings = {"box-a", "box-b"})
    void aSecondRushIsRefusedWhileOneIsOnAtAnyInstance(String box) throws InterruptedException {
        locks.run(
                Resource.named("rush"),
                anotherRush -> trio.http(box)
                        .post()
                        .uri("/api/rush?locked=true")
                        .exchange()
                        .expectStatus()
                        .isEqualTo(HttpStatus.CONFLICT)
                        .expectBody()
                        .jsonPath("$.detail")
                        .value(detail -> assertThat(detail.toString()).contains("\"rush\" was not acquired")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "locked=true&buyers=0",
                "locked=true&buyers=501",
                "locked=true&seats=0",
                "locked=true&seats=501",
                "buyers=1"
            })
    void aRushOutOfBoundsIsRefused(String query) {
        http.post().uri("/api/rush?" + query).exchange().expectStatus().isBadRequest();
    }

    private RushResult rush(String query) {
        return http.post()
                .uri("/api/rush?" + query)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(RushResult.class)
                .returnResult()
                .getResponseBody();
    }
}
