package io.coordination.sample.sale;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.jdbc.JdbcFencingGuard;
import io.coordination.lock.FencingToken;
import io.coordination.lock.Resource;
import io.coordination.sample.BoxOfficeTest;
import io.coordination.sample.show.SeatStatus;
import io.coordination.sample.show.Shows;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.support.TransactionTemplate;

@BoxOfficeTest
class FencingTests {

    @Autowired
    RestTestClient http;

    @Autowired
    Shows shows;

    @Autowired
    JdbcFencingGuard fence;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void aPurchaseWithAStaleTokenIsRefusedByTheDatabase() {
        var show = shows.open("Late night", 1);
        long seat = show.seats().get(0).id();
        var tokenOfALaterHolder = new FencingToken(Long.MAX_VALUE);
        transaction.executeWithoutResult(
                status -> fence.check(Resource.of("seat", Long.toString(seat)), tokenOfALaterHolder));

        http.post()
                .uri("/api/seats/{id}/purchase?buyer=ada", seat)
                .exchange()
                .expectStatus()
                .isEqualTo(HttpStatus.CONFLICT)
                .expectBody()
                .jsonPath("$.detail")
                .value(detail -> assertThat(detail.toString()).contains("a later holder of the lease has written"));

        assertThat(shows.find(show.id()).orElseThrow().seats()).singleElement().satisfies(now -> {
            assertThat(now.status()).isEqualTo(SeatStatus.FREE);
            assertThat(now.sales()).isZero();
        });
    }
}
