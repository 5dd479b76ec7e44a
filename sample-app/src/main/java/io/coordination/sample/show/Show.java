package io.coordination.sample.show;

import java.util.List;

/**
 * A show and its seats as they stand now.
 *
 * @param seats from the front row to the back
 */
public record Show(long id, String title, List<Seat> seats) {

    public Show {
        seats = List.copyOf(seats);
    }

    /** How many seats were sold, once or more often. */
    public int seatsSold() {
        return (int) seats.stream().filter(seat -> seat.sales() > 0).count();
    }

    /** How many seats were sold more than once. */
    public int seatsSoldTwice() {
        return (int) seats.stream().filter(seat -> seat.sales() > 1).count();
    }

    /** How many tickets were sold; more than {@link #seatsSold()} if seats were sold twice. */
    public int tickets() {
        return seats.stream().mapToInt(Seat::sales).sum();
    }
}
