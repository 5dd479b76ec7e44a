package io.coordination.sample.rush;

/** At which counter the buyers of a rush are served. */
enum RushKind {
    WITHOUT_LOCK("purchase-without-lock"),
    WITH_LOCK("purchase");

    private final String counter;

    RushKind(String counter) {
        this.counter = counter;
    }

    /** Where one of these buyers asks for a seat. */
    String path(long seatId) {
        return "/api/seats/" + seatId + "/" + counter;
    }
}
