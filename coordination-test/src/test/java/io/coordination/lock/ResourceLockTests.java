package io.coordination.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scripts for the rules that random walks meet too rarely, or whose removal costs time and not safety. */
class ResourceLockTests extends LockScript {

    @Test
    void aGrantThatComesAfterTheLastWaiterLeftIsGivenBack() {
        Waiter waiter = lock.want(OPTIONS, HOLDER, now());
        LeaseRequest request = theOnly(Effect.Ask.class).request();
        lock.giveUp(waiter, now());
        lock.releaseAnswered(request.ticket(), new ReleaseAnswer.Released(), now());
        effects.clear();

        lock.answered(request, granted(request, false), now());

        assertThat(theOnly(Effect.Release.class).ticket()).isEqualTo(request.ticket());
    }

    @Test
    void aGrantOfAnEarlierAcquisitionIsGivenBackAndTheLaterOneStands() {
        Waiter first = lock.want(OPTIONS, HOLDER, now());
        LeaseRequest late = theOnly(Effect.Ask.class).request();
        lock.giveUp(first, now());
        Waiter second = lock.want(OPTIONS, HOLDER, now());
        LeaseRequest current = theOnly(Effect.Ask.class).request();
        lock.answered(current, granted(current, false), now());
        assertThat(theOnly(Effect.Give.class).grant().waiter).isSameAs(second);
        effects.clear();

        lock.answered(late, granted(late, false), now());
        assertThat(theOnly(Effect.Release.class).ticket()).isEqualTo(late.ticket());
        lock.answered(current, granted(current, false), now());
        assertThat(effects).as("an answer that is doubled").isEmpty();
    }

    @Test
    void aGrantThatIsOlderThanItsLeaseIsGivenBackAndTheNextAttemptHasANewTicketAndPauses() {
        lock.want(OPTIONS.withWaitAtMost(Duration.ofMinutes(5)), HOLDER, now());
        LeaseRequest request = theOnly(Effect.Ask.class).request();
        millis += LEASE.toMillis();

        lock.answered(request, granted(request, false), now());

        assertThat(theOnly(Effect.Release.class).ticket()).isEqualTo(request.ticket());
        assertThat(all(Effect.Ask.class)).isEmpty();
        millis += OPTIONS.retryInterval().toMillis();
        lock.tick(now());
        assertThat(theOnly(Effect.Ask.class).request().ticket()).isGreaterThan(request.ticket());
    }

    @Test
    void aBusyWaiterAsksAgainWhenTheRemainingLeaseHasPassedAndNotBefore() {
        lock.want(OPTIONS, HOLDER, now());
        busy(theOnly(Effect.Ask.class).request(), Duration.ofSeconds(7));
        millis += 6_900;
        lock.tick(now());
        assertThat(all(Effect.Ask.class)).isEmpty();
        millis += 100;
        assertThat(lock.due()).isEqualTo(now().nanos());
        lock.tick(now());
        theOnly(Effect.Ask.class);
    }

    @Test
    void aWakeUpMakesAWaiterAskAtOnceButUselessOnesNoMoreOftenThanTheRetryInterval() {
        lock.want(OPTIONS, HOLDER, now());
        busy(theOnly(Effect.Ask.class).request(), Duration.ofSeconds(20));
        lock.woken(now());
        busy(theOnly(Effect.Ask.class).request(), Duration.ofSeconds(20));
        for (int i = 0; i < 50; i++) {
            millis += 1;
            lock.woken(now());
        }
        assertThat(all(Effect.Ask.class)).isEmpty();
        millis += 50;
        lock.tick(now());
        theOnly(Effect.Ask.class);
    }

    @Test
    void aWakeUpThatCrossesAnAttemptIsNotLost() {
        lock.want(OPTIONS, HOLDER, now());
        LeaseRequest request = theOnly(Effect.Ask.class).request();
        lock.woken(now());
        busy(request, Duration.ofSeconds(20));
        theOnly(Effect.Ask.class);
    }

    @Test
    void attemptsBackOffWhileTheStoreFails() {
        lock.want(OPTIONS.withWaitAtMost(Duration.ofMinutes(2)), HOLDER, now());
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            lock.answered(
                    theOnly(Effect.Ask.class).request(),
                    new AcquireAnswer.Unknown(new IllegalStateException("down")),
                    now());
            long next = Duration.ofNanos(lock.due()).toMillis();
            pauses.add(next - millis);
            millis = next;
            lock.tick(now());
        }
        assertThat(pauses).containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_200L, 5_000L, 5_000L, 5_000L);
    }

    @Test
    void aWaiterWhoWantsAnotherLeaseIsNotHandedThisOne() {
        Grant grant = hold(OPTIONS, false);
        lock.want(OPTIONS.withLease(Duration.ofSeconds(5)), HOLDER, now());
        effects.clear();
        lock.released(grant, now());
        assertThat(all(Effect.Give.class)).isEmpty();
        theOnly(Effect.Release.class);
        assertThat(theOnly(Effect.Ask.class).request().lease()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aLeaseThatIsDueForRenewalIsNotHandedOver() {
        Grant grant = hold(OPTIONS, false);
        lock.want(OPTIONS, HOLDER, now());
        effects.clear();
        millis += LEASE.toMillis() / 3;
        lock.released(grant, now());
        assertThat(all(Effect.Give.class)).isEmpty();
        theOnly(Effect.Ask.class);
    }

    @Test
    void handOversToOneselfAreBoundedInCountWhileOthersWait() {
        Grant grant = hold(OPTIONS, true);
        int handOvers = 0;
        while (true) {
            lock.want(OPTIONS, HOLDER, now());
            effects.clear();
            lock.released(grant, now());
            if (all(Effect.Give.class).isEmpty()) {
                break;
            }
            grant = theOnly(Effect.Give.class).grant();
            handOvers++;
        }
        assertThat(handOvers).isEqualTo(Tenure.HAND_OVERS_BEFORE_OTHERS);
    }

    @Test
    void handOversToOneselfAreBoundedInTimeWhileOthersWait() {
        Grant grant = hold(OPTIONS, true);
        for (int i = 0; i < 4; i++) {
            millis += LEASE.toMillis() / 3;
            lock.tick(now());
            LeaseRequest renewal = theOnly(Effect.Renew.class).request();
            lock.renewalAnswered(renewal, new RenewAnswer.Renewed(renewal.sentAt(), true), now());
        }
        lock.want(OPTIONS, HOLDER, now());
        effects.clear();
        lock.released(grant, now());
        assertThat(all(Effect.Give.class)).isEmpty();
    }

    @Test
    void aRenewalThatIsNotAnsweredPutsTheLeaseAtRiskAndIsRepeatedWithinTheLease() {
        Grant grant = hold(OPTIONS, false);
        int renewals = 0;
        while (grant.state() != LeaseState.LOST) {
            millis = Duration.ofNanos(lock.due()).toMillis() + 1;
            lock.tick(now());
            renewals += all(Effect.Renew.class).size();
            if (renewals > 1 && grant.state() != LeaseState.LOST) {
                assertThat(grant.state()).isEqualTo(LeaseState.AT_RISK);
            }
            effects.removeIf(Effect.Renew.class::isInstance);
        }
        assertThat(renewals).isBetween(5, 12);
        assertThat(millis - 1_000).isLessThan(LEASE.toMillis());
    }

    @Test
    void aStaleGrantCannotBeReleasedInPlaceOfItsSuccessor() {
        Grant stale = hold(OPTIONS.withRenew(false), false);
        millis += LEASE.toMillis();
        lock.tick(now());
        Grant successor = hold(OPTIONS, false);
        effects.clear();
        lock.released(stale, now());
        assertThat(effects).isEmpty();
        assertThat(lock.held()).isSameAs(successor);
    }

    @Test
    void aReleaseIsRepeatedUntilTheLeaseMustHaveRunOutAndThenForgotten() {
        Grant grant = hold(OPTIONS, false);
        lock.released(grant, now());
        int releases = 0;
        while (!lock.isIdle()) {
            releases += all(Effect.Release.class).size();
            effects.clear();
            millis = Duration.ofNanos(lock.due()).toMillis() + 1;
            lock.tick(now());
        }
        assertThat(releases).isBetween(5, 12);
        assertThat(millis - 1_000).isLessThanOrEqualTo(LEASE.toMillis() + 10);
        assertThat(lock.due()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whoTriesOnceIsRefusedAtOnceWhileThisInstanceHolds() {
        hold(OPTIONS, false);
        effects.clear();
        lock.want(OPTIONS.withWaitAtMost(Duration.ZERO), HOLDER, now());
        assertThat(theOnly(Effect.Refuse.class).refusal().holder()).isEqualTo(HOLDER.toString());
        assertThat(lock.waiting()).isZero();
    }
}
