package io.coordination.sample.page.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.lock.DistributedLockManager;

/** The box office with everything that its page can show: rushes, seats sold and reserved, a held lock, waiters. */
final class BusyEvening implements AutoCloseable {

    /** Of 96; nobody else asks for the last seats. */
    private static final int SOLD = 93;

    private static final int RESERVED = 94;
    private static final int LOCKED = 95;

    private final HeldSeat held;

    BusyEvening(BoxOfficeApi api, DistributedLockManager locks) {
        api.ensureRush(false);
        api.ensureRush(true);
        api.post("/api/seats/" + api.seatOfTheEvening(SOLD) + "/purchase?buyer=ada");
        api.post("/api/seats/" + api.seatOfTheEvening(RESERVED) + "/reservation?buyer=ada");
        held = new HeldSeat(locks, api.seatOfTheEvening(LOCKED), 2);
    }

    /** Waits until the page shows all of it. */
    void awaitOn(Page page) {
        page.soon().untilAsserted(() -> {
            assertThat(page.lock(held.title())).contains("2 waiting");
            assertThat(page.count(".facts")).isEqualTo(2);
            assertThat(page.count("#evening [data-status=SOLD]")).isPositive();
            assertThat(page.count("#evening [data-status=RESERVED]")).isPositive();
            assertThat(page.count("#evening .locked")).isPositive();
            assertThat(page.count("#history td:nth-child(5)")).isEqualTo(8);
        });
    }

    @Override
    public void close() {
        held.close();
    }
}
