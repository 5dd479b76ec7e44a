package io.coordination.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.ProcessId;
import io.coordination.time.Moment;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Scripts for a lease that is held: its deadline, its renewal, its maximum hold. */
class HeldLeaseTests extends LockScript {

    private static final ReleaseAnswer RELEASED = new ReleaseAnswer.Released();
    private static final Ticket UNKNOWN_TICKET = new Ticket(1, new ProcessId("other", 1));

    @ParameterizedTest
    @MethodSource("steps")
    void whateverStepComesFirstAfterTheDeadlineTheLeaseIsLost(Step step) {
        Grant grant = hold(OPTIONS.withRenew(false), false);
        millis += LEASE.toMillis();

        step.take(lock, grant, now());

        assertThat(grant.state()).isEqualTo(LeaseState.LOST);
        Grant ended = theOnly(Effect.Ended.class).grant();
        assertThat(ended).isSameAs(grant);
        assertThat(ended.loss()).satisfies(loss -> assertThat(loss.reason()).isEqualTo(LeaseLoss.Reason.EXPIRED));
    }

    static Stream<Named<Step>> steps() {
        return Stream.of(
                Named.of("want", (lock, grant, now) -> lock.want(OPTIONS, HOLDER, now)),
                Named.of("giveUp", (lock, grant, now) -> lock.giveUp(stranger(grant, now), now)),
                Named.of(
                        "answered",
                        (lock, grant, now) -> lock.answered(
                                request(grant, now), new AcquireAnswer.Busy(Duration.ofSeconds(1), null), now)),
                Named.of(
                        "renewalAnswered",
                        (lock, grant, now) ->
                                lock.renewalAnswered(request(grant, now), new RenewAnswer.Renewed(now, false), now)),
                Named.of("releaseAnswered", (lock, grant, now) -> lock.releaseAnswered(UNKNOWN_TICKET, RELEASED, now)),
                Named.of("released", (lock, grant, now) -> lock.released(grant, now)),
                Named.of("woken", (lock, grant, now) -> lock.woken(now)),
                Named.of("seen", (lock, grant, now) -> lock.seen(now)),
                Named.of("tick", (lock, grant, now) -> lock.tick(now)),
                Named.of("shutDown", (lock, grant, now) -> lock.shutDown(now)));
    }

    @Test
    void aLongHoldIsWarnedOfOnceAndEndsAtItsMaximum() {
        Grant grant = hold(OPTIONS.withMaximumHold(Duration.ofSeconds(10)).withRenew(false), false);
        long start = now().nanos();
        assertThat(lock.due()).isEqualTo(start + Duration.ofSeconds(5).toNanos());
        millis += 4_999;
        lock.tick(now());
        assertThat(effects).isEmpty();
        millis += 1;
        lock.tick(now());
        assertThat(theOnly(Effect.HeldLong.class).grant()).isSameAs(grant);
        assertThat(lock.due()).isEqualTo(start + Duration.ofSeconds(10).toNanos());
        millis += 4_999;
        lock.tick(now());
        assertThat(effects).isEmpty();

        millis += 1;
        lock.tick(now());

        assertThat(grant.loss()).satisfies(loss -> assertThat(loss.reason()).isEqualTo(LeaseLoss.Reason.MAXIMUM_HOLD));
        assertThat(grant.heldFor()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aRenewalThatFailsIsReportedWithItsCauseAndTheNextOnlyIfItFailsAsWell() {
        Grant grant = hold(OPTIONS, false);
        millis = Duration.ofNanos(lock.due()).toMillis() + 1;
        lock.tick(now());
        LeaseRequest renewal = theOnly(Effect.Renew.class).request();
        assertThat(effects).as("the first renewal is no news").isEmpty();

        Throwable cause = new IllegalStateException("down");
        lock.renewalAnswered(renewal, new RenewAnswer.Unknown(cause), now());
        assertThat(theOnly(Effect.AtRisk.class).cause()).isSameAs(cause);
        assertThat(grant.state()).isEqualTo(LeaseState.AT_RISK);

        millis += LEASE.toMillis() / 12;
        lock.tick(now());
        renewal = theOnly(Effect.Renew.class).request();
        assertThat(effects).as("nothing new has failed").isEmpty();
        millis += LEASE.toMillis() / 12;
        lock.tick(now());
        assertThat(theOnly(Effect.AtRisk.class).cause()).as("no answer").isNull();

        lock.renewalAnswered(renewal, new RenewAnswer.Renewed(renewal.sentAt(), false), now());
        assertThat(grant.state()).isEqualTo(LeaseState.HELD);
    }

    @Test
    void aLeaseThatTheStoreNoLongerKnowsIsLostAtOnce() {
        Grant grant = hold(OPTIONS, false);
        lock.renewalAnswered(request(grant, now()), new RenewAnswer.NotHeld(), now());
        assertThat(grant.loss()).satisfies(loss -> assertThat(loss.reason()).isEqualTo(LeaseLoss.Reason.TAKEN));
        assertThat(lock.held()).isNull();
    }

    @Test
    void leasesOfABurstAreRenewedAtAboutAThirdButNotInABurst() {
        Set<Long> delays = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            Tenure tenure = tenure(1_700_000_000_000_000L + i, false);
            delays.add(tenure.renewalDue() - now().nanos());
            Moment later = later(Duration.ofSeconds(10));
            tenure.renewed(new RenewAnswer.Renewed(later, false), later);
            delays.add(tenure.renewalDue() - later.nanos());
        }
        assertThat(delays)
                .hasSizeGreaterThan(50)
                .allSatisfy(delay ->
                        assertThat(delay).isBetween(LEASE.toNanos() / 3 - LEASE.toNanos() / 30, LEASE.toNanos() / 3));
    }

    @Test
    void onceOthersHaveWaitedForALeaseItIsTheirTurn() {
        Tenure tenure = tenure(1, true);
        Moment renewed = later(LEASE.minusSeconds(1));
        tenure.renewed(new RenewAnswer.Renewed(renewed, true), renewed);
        Waiter next = lock.want(OPTIONS, HOLDER, now());
        assertThat(tenure.mayHandOverTo(next, later(LEASE.minusMillis(1)))).isTrue();
        assertThat(tenure.mayHandOverTo(next, later(LEASE))).isFalse();
    }

    @Test
    void aGrantWhoseLastHandleWasClosedOpensNoOther() {
        Grant grant = hold(OPTIONS, false);
        assertThat(grant.openHandle()).isTrue();
        assertThat(grant.closeHandle()).isFalse();
        assertThat(grant.closeHandle()).isTrue();
        assertThat(grant.openHandle()).isFalse();
        assertThat(grant.openHandle()).as("a refusal opens nothing either").isFalse();
    }

    private Tenure tenure(long micros, boolean othersMayWait) {
        Ticket ticket = new Ticket(micros, HOLDER.process());
        return new Tenure(ticket, LEASE, new AcquireAnswer.Granted(1, now(), othersMayWait), now());
    }

    private Moment later(Duration by) {
        return new Moment(now().nanos() + by.toNanos(), now().micros() + by.toNanos() / 1_000);
    }

    private static LeaseRequest request(Grant grant, Moment now) {
        return new LeaseRequest(grant.waiter.resource, grant.tenure.ticket, LEASE, HOLDER, now);
    }

    private static Waiter stranger(Grant grant, Moment now) {
        return new Waiter(grant.waiter.resource, OPTIONS, HOLDER, UNKNOWN_TICKET, now);
    }

    /** One thing that can happen to a lock. */
    interface Step {
        void take(ResourceLock lock, Grant grant, Moment now);
    }
}
