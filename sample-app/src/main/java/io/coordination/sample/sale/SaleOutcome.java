package io.coordination.sample.sale;

/** What came of a buyer's wish. */
sealed interface SaleOutcome {

    /** The buyer got what was asked for. */
    record Done(long seatId, String buyer) implements SaleOutcome {}

    /** Somebody else has the seat. */
    record Refused(String reason) implements SaleOutcome {}

    record NoSuchSeat(long seatId) implements SaleOutcome {}
}
