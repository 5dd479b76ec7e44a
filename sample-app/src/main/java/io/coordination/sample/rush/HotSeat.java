package io.coordination.sample.rush;

import io.coordination.sample.show.Seat;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A seat, and the buyers who ask for it at the same moment. */
record HotSeat(Seat seat, List<String> buyers) {

    /** Enough for a race, few enough that a rush for 500 seats ends soon. */
    private static final int RIVALS = 32;

    /** Deals the seats out: each has the same number of rivals, and each buyer asks for about as many seats. */
    static List<HotSeat> of(List<Seat> seats, int buyers) {
        int rivals = Math.min(RIVALS, buyers);
        List<HotSeat> all = new ArrayList<>();
        for (int i = 0; i < seats.size(); i++) {
            int first = i * rivals;
            all.add(new HotSeat(
                    seats.get(i),
                    IntStream.range(first, first + rivals)
                            .mapToObj(buyer -> "buyer " + (buyer % buyers + 1))
                            .toList()));
        }
        return all;
    }
}
