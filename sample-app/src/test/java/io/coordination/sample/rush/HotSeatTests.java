package io.coordination.sample.rush;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.sample.show.Seat;
import io.coordination.sample.show.SeatStatus;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HotSeatTests {

    @Test
    void everySeatIsWantedByDifferentBuyersAtOnce() {
        List<HotSeat> all = HotSeat.of(seats(10), 64);

        assertThat(all)
                .hasSize(10)
                .allSatisfy(hot -> assertThat(hot.buyers()).hasSize(32).doesNotHaveDuplicates());
    }

    @Test
    void everyBuyerAsksForASeatIfThereAreEnough() {
        Set<String> asking = new HashSet<>();
        HotSeat.of(seats(500), 500).forEach(hot -> asking.addAll(hot.buyers()));

        assertThat(asking).hasSize(500);
    }

    @Test
    void fewBuyersAllWantEverySeat() {
        assertThat(HotSeat.of(seats(3), 2))
                .allSatisfy(hot -> assertThat(hot.buyers()).containsExactly("buyer 1", "buyer 2"));
    }

    private static List<Seat> seats(int count) {
        return IntStream.range(0, count)
                .mapToObj(id -> new Seat(id, "A", id, SeatStatus.FREE, 0))
                .toList();
    }
}
