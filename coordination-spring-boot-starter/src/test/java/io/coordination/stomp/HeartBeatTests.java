package io.coordination.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.messaging.simp.stomp.StompCommand;

class HeartBeatTests {

    @ParameterizedTest
    @CsvSource({
        "'0,0', PT0S",
        "'10000,0', PT0S",
        "'0,1', PT5S",
        "'0,4999', PT5S",
        "'0,5001', PT5.001S",
        "'0,60000', PT1M",
        "'0,60001', PT1M",
        "'0,999999999', PT1M"
    })
    void whatAClientAsksForIsKeptWithinBounds(String asked, Duration kept) throws Exception {
        assertThat(HeartBeat.askedFor(StompFrame.of(StompCommand.CONNECT).with("heart-beat", asked)))
                .isEqualTo(kept);
    }
}
