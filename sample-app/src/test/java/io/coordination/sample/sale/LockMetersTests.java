package io.coordination.sample.sale;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.sample.BoxOfficeTest;
import io.coordination.sample.show.Shows;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;

@BoxOfficeTest
class LockMetersTests {

    @Autowired
    RestTestClient http;

    @Autowired
    Shows shows;

    @Test
    void aPurchaseIsCountedAsAnAcquisitionOfTheLockOnSeats() {
        long seat = shows.open("Premiere", 1).seats().get(0).id();
        double before = acquired();

        http.post()
                .uri("/api/seats/{id}/purchase?buyer=ada", seat)
                .exchange()
                .expectStatus()
                .isOk();

        assertThat(acquired()).isGreaterThanOrEqualTo(before + 1);
    }

    private double acquired() {
        return http
                .get()
                .uri("/actuator/metrics/coordination.lock.acquire?tag=name:seat&tag=outcome:acquired")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(Meter.class)
                .returnResult()
                .getResponseBody()
                .measurements()
                .stream()
                .filter(measurement -> measurement.statistic().equals("COUNT"))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private record Meter(String name, List<Measurement> measurements) {}

    private record Measurement(String statistic, double value) {}
}
