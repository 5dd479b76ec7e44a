package io.coordination.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.sample.show.SeatStatus;
import io.coordination.sample.show.Shows;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

@BoxOfficeTest
@ActiveProfiles("postgres")
@DirtiesContext
class PostgresTests {

    @Autowired
    RestTestClient http;

    @Autowired
    Shows shows;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) throws IOException {
        // Stops itself when the JVM ends, after the application has let go of it
        EmbeddedPostgres postgres = EmbeddedPostgres.start();
        properties.add("spring.datasource.url", () -> postgres.getJdbcUrl("postgres", "postgres"));
        properties.add("spring.datasource.username", () -> "postgres");
    }

    @Test
    void withTheLockEverySeatIsSoldExactlyOnce() {
        http.post()
                .uri("/api/rush?locked=true&buyers=64&seats=30")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.seatsSoldTwice")
                .isEqualTo(0)
                .jsonPath("$.seatsSold")
                .isEqualTo(30)
                .jsonPath("$.tickets")
                .isEqualTo(30)
                .jsonPath("$.failures")
                .isEqualTo(0);
    }

    @Test
    void aSeatIsReservedAndThenBought() {
        var show = shows.open("Matinee", 1);
        long seat = show.seats().get(0).id();

        http.post()
                .uri("/api/seats/{id}/reservation?buyer=ada", seat)
                .exchange()
                .expectStatus()
                .isOk();
        assertThat(shows.find(show.id()).orElseThrow().seats().get(0).status()).isEqualTo(SeatStatus.RESERVED);

        http.post()
                .uri("/api/seats/{id}/purchase?buyer=ada", seat)
                .exchange()
                .expectStatus()
                .isOk();
        assertThat(shows.find(show.id()).orElseThrow().seats().get(0).status()).isEqualTo(SeatStatus.SOLD);
    }
}
