package io.coordination.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.ProcessId;
import io.coordination.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the store in this JVM does beyond the contract: its reservations, and what it forgets. */
class LocalLeaseStoreTests {

    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final Duration RESERVATION = Duration.ofNanos(LocalRecord.RESERVATION);
    private static final Resource SEAT = Resource.named("seat");

    private static final Ticket HOLDER = new Ticket(1, new ProcessId("a", 1));
    private static final Ticket EARLIER = new Ticket(2, new ProcessId("b", 1));
    private static final Ticket LATER = new Ticket(3, new ProcessId("c", 1));

    private final VirtualTime time = new VirtualTime();
    private final LocalLeaseStore store = new LocalLeaseStore(time, 4);

    @Test
    void whoIsRefusedIsToldWhoHoldsItAndForHowLong() {
        acquire(HOLDER);
        time.advance(Duration.ofMillis(500));
        assertThat(acquire(EARLIER)).isEqualTo(new AcquireAnswer.Busy(Duration.ofMillis(1_500), "a/1 (test)"));

        release(HOLDER);
        time.advance(Duration.ofMillis(100));
        assertThat(acquire(LATER)).as("kept for the earlier one").isEqualTo(busyFor(RESERVATION.minusMillis(100)));
    }

    @Test
    void whoAsksAgainAtTheTimeThatItWasToldIsServed() {
        acquire(HOLDER);
        acquire(EARLIER);
        acquire(LATER);
        time.advance(LEASE);
        assertThat(acquire(LATER))
                .as("its lease is over, the earlier one may come")
                .isEqualTo(busyFor(RESERVATION));
        time.advance(RESERVATION);
        assertThat(acquire(LATER)).isInstanceOf(AcquireAnswer.Granted.class);
    }

    @Test
    void theReservationBeginsWithTheRelease() {
        acquire(HOLDER);
        acquire(EARLIER);
        time.advance(Duration.ofSeconds(1));
        release(HOLDER);
        assertThat(acquire(LATER)).isEqualTo(busyFor(RESERVATION));
        release(HOLDER);
        time.advance(Duration.ofMillis(1));
        release(HOLDER);
        assertThat(acquire(LATER))
                .as("one that is doubled prolongs nothing")
                .isEqualTo(busyFor(RESERVATION.minusMillis(1)));
    }

    @Test
    void aReleaseAfterTheLeaseHasRunOutDoesNotProlongTheReservation() {
        acquire(HOLDER);
        acquire(EARLIER);
        time.advance(LEASE.plusMillis(100));
        release(HOLDER);
        assertThat(acquire(LATER)).isEqualTo(busyFor(RESERVATION.minusMillis(100)));
    }

    @Test
    void whoWasServedIsNoLongerWaitedFor() {
        acquire(HOLDER);
        acquire(EARLIER);
        release(HOLDER);
        assertThat(acquire(EARLIER)).isInstanceOf(AcquireAnswer.Granted.class);
        time.advance(LEASE);
        assertThat(acquire(LATER)).isInstanceOf(AcquireAnswer.Granted.class);
    }

    @Test
    void aLeaseThatRanOutIsNotRenewedAlthoughNobodyHasTakenIt() {
        acquire(HOLDER);
        time.advance(LEASE);
        assertThat(renew(SEAT)).isEqualTo(new RenewAnswer.NotHeld());
        assertThat(renew(Resource.named("never held"))).isEqualTo(new RenewAnswer.NotHeld());
    }

    @Test
    void onlyWaitersOfOtherProcessesAreOthers() {
        assertThat(othersMayWait(acquire(HOLDER))).isFalse();
        acquire(new Ticket(7, HOLDER.owner()));
        assertThat(othersMayWait(acquire(HOLDER))).isFalse();
        acquire(LATER);
        assertThat(othersMayWait(acquire(HOLDER))).isTrue();
    }

    @Test
    void nobodyIsWokenForAResourceThatNobodyWaitsFor() {
        List<Resource> woken = new ArrayList<>();
        try (WakeUps.Subscription subscription = store.subscribe(woken::add)) {
            assertThat(subscription).isNotNull();
            release(HOLDER);
            acquire(HOLDER);
            release(HOLDER);
            assertThat(woken).isEmpty();
            acquire(HOLDER);
            acquire(EARLIER);
            release(HOLDER);
            assertThat(woken).containsExactly(SEAT);
        }
    }

    @Test
    void ofMoreResourcesThanItKeepsOnlyThoseHeldOrWaitedForAreRemembered() {
        Resource held = Resource.named("held");
        Resource awaited = Resource.named("awaited");
        acquire(held, HOLDER);
        acquire(awaited, HOLDER);
        acquire(awaited, EARLIER);
        release(awaited, HOLDER);
        for (int i = 1; i <= 2; i++) {
            acquire(Resource.of("other", Integer.toString(i)), HOLDER);
            release(Resource.of("other", Integer.toString(i)), HOLDER);
        }
        assertThat(store.size()).as("up to its limit it forgets nothing").isEqualTo(4);

        acquire(SEAT, HOLDER);

        assertThat(store.size()).as("held, awaited and the new one").isEqualTo(3);
        assertThat(acquire(held, LATER)).isInstanceOf(AcquireAnswer.Busy.class);
        assertThat(acquire(awaited, LATER)).isInstanceOf(AcquireAnswer.Busy.class);
        assertThat(acquire(awaited, EARLIER)).isInstanceOf(AcquireAnswer.Granted.class);
    }

    @Test
    void whoHasNotComeAMomentAfterItShouldHaveAskedAgainIsForgotten() {
        acquire(HOLDER);
        acquire(EARLIER);
        release(HOLDER);
        for (int i = 1; i <= 3; i++) {
            acquire(Resource.of("other", Integer.toString(i)), HOLDER);
        }
        time.advance(LEASE.plusSeconds(1));

        acquire(Resource.named("new"), HOLDER);

        assertThat(store.size()).isEqualTo(1);
    }

    // ---- words

    private AcquireAnswer acquire(Ticket ticket) {
        return acquire(SEAT, ticket);
    }

    private AcquireAnswer acquire(Resource resource, Ticket ticket) {
        CompletableFuture<AcquireAnswer> answer = new CompletableFuture<>();
        store.acquire(request(resource, ticket), answer::complete);
        return answer.join();
    }

    private RenewAnswer renew(Resource resource) {
        CompletableFuture<RenewAnswer> answer = new CompletableFuture<>();
        store.renew(request(resource, HOLDER), answer::complete);
        return answer.join();
    }

    private void release(Ticket ticket) {
        release(SEAT, ticket);
    }

    private void release(Resource resource, Ticket ticket) {
        store.release(resource, ticket, answer -> {});
    }

    private LeaseRequest request(Resource resource, Ticket ticket) {
        return new LeaseRequest(resource, ticket, LEASE, new Holder(ticket.owner(), "test"), time.now());
    }

    private static AcquireAnswer busyFor(Duration remaining) {
        return new AcquireAnswer.Busy(remaining, null);
    }

    private static boolean othersMayWait(AcquireAnswer answer) {
        return ((AcquireAnswer.Granted) answer).othersMayWait();
    }
}
