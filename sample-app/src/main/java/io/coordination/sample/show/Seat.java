package io.coordination.sample.show;

/**
 * One seat of a show.
 *
 * @param id also the key of its lock
 * @param row letter of its row, the front one is A
 * @param number place in the row, from 1
 * @param sales how often it was sold
 */
public record Seat(long id, String row, int number, SeatStatus status, int sales) {}
