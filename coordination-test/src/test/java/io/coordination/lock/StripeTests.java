package io.coordination.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.ProcessId;
import io.coordination.test.VirtualTime;
import io.coordination.time.HybridClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a stripe keeps of resources that nobody wants any more. */
class StripeTests {

    private static final ProcessId ME = new ProcessId("me", 1);
    private static final Holder HOLDER = new Holder(ME, "thread");
    private static final LockOptions OPTIONS = LockOptions.defaults();

    private final VirtualTime time = new VirtualTime();
    private final Census census = new Census(1_000, 1_000);
    private final EffectRunner runner =
            new EffectRunner(new LocalLeaseStore(time), new Observers(List.of()), census, resource -> this.stripe);
    private final Alarm alarm = new Alarm(time, () -> this.stripe.tick());
    private final Stripe stripe = new Stripe(time, new Tickets(ME, new HybridClock()), runner, alarm, census);

    @Test
    void onlyTheLastFewIdleResourcesAreKept() {
        for (int i = 0; i < 1_000; i++) {
            release(acquire(seat(i)));
        }

        assertThat(kept()).hasSize(Stripe.MOST_LINGERING).contains(seat(999)).doesNotContain(seat(0));
        assertThat(stripe.timers()).isLessThanOrEqualTo(Stripe.MOST_LINGERING);
        assertThat(census.shutDown()).as("nothing is in hand").isCompleted();
    }

    @Test
    void aResourceThatIsHeldAgainIsNotDroppedWithTheIdleOnes() {
        release(acquire(seat(0)));
        Grant held = acquire(seat(0));
        for (int i = 1; i <= 1_000; i++) {
            release(acquire(seat(i)));
        }

        assertThat(kept()).hasSize(Stripe.MOST_LINGERING + 1).contains(seat(0));
        release(held);
        assertThat(held.state()).isEqualTo(LeaseState.RELEASED);
        assertThat(kept()).hasSize(Stripe.MOST_LINGERING).contains(seat(0));
    }

    @Test
    void aHeldResourceOfTheIdleOnesIsStillRenewed() {
        release(acquire(seat(0)));
        Grant held = acquire(seat(0));

        time.advance(OPTIONS.lease().multipliedBy(5));

        assertThat(held.state()).isEqualTo(LeaseState.HELD);
    }

    @Test
    void aWaitThatEndsBeforeTheStandingTimerEndsInTime() {
        Grant held = acquire(seat(0));
        LockOptions impatient = OPTIONS.withWaitAtMost(Duration.ofSeconds(1));
        Waiter waiter = stripe.step(seat(0), (lock, now) -> lock.want(impatient, HOLDER, now));
        assertThat(stripe.timers())
                .as("the earlier timer takes the place of the later")
                .isEqualTo(1);

        time.advance(Duration.ofSeconds(1));

        assertThat(waiter).isCompletedWithValueMatching(outcome -> outcome instanceof Refusal);
        release(held);
    }

    @Test
    void idleResourcesWantNoTimer() {
        for (int i = 0; i < 100; i++) {
            release(acquire(seat(i)));
        }

        time.advance(OPTIONS.lease());

        assertThat(time.scheduled()).isZero();
        assertThat(stripe.timers()).isZero();
        assertThat(kept()).hasSize(Stripe.MOST_LINGERING);
    }

    @Test
    void theEndOfAnEarlierWaitIsForgottenWithTheWaiter() {
        LockOptions impatient = OPTIONS.withWaitAtMost(Duration.ofSeconds(1));
        Grant first = acquire(seat(0));
        Waiter second = stripe.step(seat(0), (lock, now) -> lock.want(impatient, HOLDER, now));
        release(first);
        release((Grant) second.join());
        Grant third = acquire(seat(0));
        stripe.step(seat(0), (lock, now) -> lock.want(OPTIONS, HOLDER, now));

        List<Long> due = new ArrayList<>();
        stripe.forEach((resource, lock) -> due.add(lock.due() - time.now().nanos()));

        assertThat(due)
                .singleElement()
                .satisfies(nanos ->
                        assertThat(nanos).isGreaterThan(Duration.ofSeconds(5).toNanos()));
        release(third);
    }

    @Test
    void resourcesAreSeenToWhenTheyAreDueInWhateverOrderTheyCame() {
        LockOptions unrenewed = OPTIONS.withRenew(false);
        Grant lasting = acquire(seat(0), unrenewed.withLease(Duration.ofSeconds(60)));
        Grant brief = acquire(seat(1), unrenewed.withLease(Duration.ofSeconds(10)));
        Grant asBrief = acquire(seat(2), unrenewed.withLease(Duration.ofSeconds(10)));

        time.advance(Duration.ofSeconds(10));

        assertThat(brief.state()).isEqualTo(LeaseState.LOST);
        assertThat(asBrief.state()).as("due at the same moment").isEqualTo(LeaseState.LOST);
        assertThat(lasting.state()).isEqualTo(LeaseState.HELD);
    }

    @Test
    void anEarlierTimerTakesThePlaceOfTheLater() {
        for (int seconds : List.of(60, 10, 20)) {
            acquire(seat(seconds), OPTIONS.withRenew(false).withLease(Duration.ofSeconds(seconds)));
        }
        LockOptions impatient = OPTIONS.withWaitAtMost(Duration.ofSeconds(1));
        Waiter waiter = stripe.step(seat(60), (lock, now) -> lock.want(impatient, HOLDER, now));
        assertThat(stripe.timers()).isEqualTo(3);

        time.advance(Duration.ofSeconds(1));

        assertThat(waiter).isDone();
        assertThat(stripe.timers()).isEqualTo(3);
    }

    @Test
    void othersMayStepAfterEveryCall() {
        release(acquire(seat(0)));
        stripe.shutDown();
        assertThat(stripe.timers()).isLessThanOrEqualTo(1);

        assertThat(CompletableFuture.supplyAsync(this::kept))
                .succeedsWithin(Duration.ofSeconds(30))
                .isEqualTo(List.of(seat(0)));
    }

    private Grant acquire(Resource resource) {
        return acquire(resource, OPTIONS);
    }

    private Grant acquire(Resource resource, LockOptions options) {
        assertThat(census.admit()).isNull();
        Waiter waiter = stripe.step(resource, (lock, now) -> lock.want(options, HOLDER, now));
        return (Grant) waiter.join();
    }

    private void release(Grant grant) {
        stripe.stepIfPresent(grant.waiter.resource, (lock, now) -> lock.released(grant, now));
    }

    private List<Resource> kept() {
        List<Resource> resources = new ArrayList<>();
        stripe.forEach((resource, lock) -> resources.add(resource));
        return resources;
    }

    private static Resource seat(int number) {
        return Resource.of("seat", Integer.toString(number));
    }
}
