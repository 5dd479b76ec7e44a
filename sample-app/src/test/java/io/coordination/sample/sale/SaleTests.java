package io.coordination.sample.sale;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.sample.BoxOfficeTest;
import io.coordination.sample.show.Seat;
import io.coordination.sample.show.SeatStatus;
import io.coordination.sample.show.Show;
import io.coordination.sample.show.Shows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

@BoxOfficeTest
class SaleTests {

    @Autowired
    RestTestClient http;

    @Autowired
    Shows shows;

    @Autowired
    JdbcClient jdbc;

    Show show;
    long seat;

    @BeforeEach
    void openAShow() {
        show = shows.open("Matinee", 14);
        seat = show.seats().get(0).id();
    }

    @Test
    void aSeatIsSoldOnce() {
        buy(seat, "ada").expectStatus().isOk();

        buy(seat, "bob")
                .expectStatus()
                .isEqualTo(HttpStatus.CONFLICT)
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("Seat A1 is sold.");
        assertThat(seatNow().status()).isEqualTo(SeatStatus.SOLD);
        assertThat(seatNow().sales()).isOne();
    }

    @Test
    void aReservedSeatIsSoldToNobodyElse() {
        reserve("ada").expectStatus().isOk();
        assertThat(seatNow().status()).isEqualTo(SeatStatus.RESERVED);

        buy(seat, "bob")
                .expectStatus()
                .isEqualTo(HttpStatus.CONFLICT)
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("Seat A1 is reserved for somebody else.");

        buy(seat, "ada").expectStatus().isOk();
        assertThat(seatNow().status()).isEqualTo(SeatStatus.SOLD);
    }

    @Test
    void aReservationLastsTwoMinutes() {
        reserve("ada").expectStatus().isOk();

        long seconds = jdbc.sql(
                        "select extract(epoch from (reserved_until - current_timestamp)) from seat where id = ?")
                .param(seat)
                .query(Long.class)
                .single();
        assertThat(seconds).isBetween(60L, 120L);
    }

    @Test
    void anExpiredReservationBindsNobody() {
        reserve("ada").expectStatus().isOk();
        jdbc.sql("update seat set reserved_until = current_timestamp - interval '1' second where id = ?")
                .param(seat)
                .update();
        assertThat(seatNow().status()).isEqualTo(SeatStatus.FREE);

        buy(seat, "bob").expectStatus().isOk();
    }

    @Test
    void aReservationIsGivenBackByItsBuyerOnly() {
        reserve("ada").expectStatus().isOk();

        release("bob").expectStatus().isEqualTo(HttpStatus.CONFLICT);
        assertThat(seatNow().status()).isEqualTo(SeatStatus.RESERVED);

        release("ada").expectStatus().isOk();
        assertThat(seatNow().status()).isEqualTo(SeatStatus.FREE);
    }

    @Test
    void aSeatThatDoesNotExistIsNotFound() {
        buy(-1, "ada")
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("There is no seat -1.");
    }

    @Test
    void aBuyerHasAName() {
        buy(seat, " ").expectStatus().isBadRequest();
        buy(seat, "a".repeat(61)).expectStatus().isBadRequest();
        assertThat(seatNow().status()).isEqualTo(SeatStatus.FREE);
    }

    @Test
    void theThirteenthSeatBeginsTheSecondRow() {
        assertThat(show.seats().get(12)).extracting(Seat::row, Seat::number).containsExactly("B", 1);
    }

    private Seat seatNow() {
        return shows.find(show.id()).orElseThrow().seats().get(0);
    }

    private RestTestClient.ResponseSpec buy(long seatId, String buyer) {
        return http.post()
                .uri("/api/seats/{id}/purchase?buyer={buyer}", seatId, buyer)
                .exchange();
    }

    private RestTestClient.ResponseSpec reserve(String buyer) {
        return http.post()
                .uri("/api/seats/{id}/reservation?buyer={buyer}", seat, buyer)
                .exchange();
    }

    private RestTestClient.ResponseSpec release(String buyer) {
        return http.delete()
                .uri("/api/seats/{id}/reservation?buyer={buyer}", seat, buyer)
                .exchange();
    }
}
