package io.coordination.sample.hold;

import io.coordination.sample.BoxOfficeTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.client.RestTestClient;

@BoxOfficeTest
class HoldTests {

    @Autowired
    RestTestClient http;

    @Test
    void aHeldLockIsSeenWithThoseWhoWaitForIt() {
        Hold hold = http.post()
                .uri("/api/demo/hold?seconds=30")
                .exchange()
                .expectStatus()
                .isAccepted()
                .expectBody(Hold.class)
                .returnResult()
                .getResponseBody();

        http.get()
                .uri("/actuator/coordination?name=seat")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.held[0].key")
                .isEqualTo(Long.toString(hold.seatId()))
                .jsonPath("$.held[0].token")
                .isEqualTo(hold.token())
                .jsonPath("$.held[0].waiting")
                .isEqualTo(3);

        http.post().uri("/api/demo/hold").exchange().expectStatus().isEqualTo(HttpStatus.CONFLICT);
    }

    @Test
    void aHoldIsBounded() {
        http.post().uri("/api/demo/hold?seconds=61").exchange().expectStatus().isBadRequest();
        http.post().uri("/api/demo/hold?seconds=0").exchange().expectStatus().isBadRequest();
    }
}
