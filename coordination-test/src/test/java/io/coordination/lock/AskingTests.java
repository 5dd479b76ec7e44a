package io.coordination.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.ProcessId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Scripts for those who wait: when the store is asked, and what they are told. */
class AskingTests extends LockScript {

    private static final LockOptions PATIENT = OPTIONS.withWaitAtMost(Duration.ofMinutes(5));

    @Test
    void anAttemptThatIsNotAnsweredIsGivenUpWhenItsLeaseHasPassedAndNotBefore() {
        Waiter waiter = lock.want(PATIENT, HOLDER, now());
        theOnly(Effect.Ask.class);
        assertThat(lock.due()).isEqualTo(now().nanos() + LEASE.toNanos());
        millis += LEASE.toMillis() - 1;
        lock.tick(now());
        assertThat(effects).isEmpty();

        millis += 1;
        lock.tick(now());

        assertThat(theOnly(Effect.Waiting.class).waiter()).isSameAs(waiter);
        assertThat(effects).isEmpty();
        millis += OPTIONS.retryInterval().toMillis();
        lock.tick(now());
        theOnly(Effect.Ask.class);
    }

    @Test
    void whoIsNotServedAtOnceIsToldOnceThatItWaits() {
        Waiter first = lock.want(PATIENT, HOLDER, now());
        LeaseRequest request = theOnly(Effect.Ask.class).request();
        Waiter second = lock.want(PATIENT, HOLDER, now());
        assertThat(theOnly(Effect.Waiting.class).waiter()).isSameAs(second);

        busy(request, Duration.ofSeconds(20));
        assertThat(theOnly(Effect.Waiting.class).waiter()).isSameAs(first);
        lock.woken(now());
        busy(theOnly(Effect.Ask.class).request(), Duration.ofSeconds(20));
        assertThat(all(Effect.Waiting.class)).isEmpty();
    }

    @Test
    void aRefusalSaysWhatTheStoreSaid() {
        Throwable cause = new IllegalStateException("down");
        lock.want(ONCE, HOLDER, now());
        lock.answered(theOnly(Effect.Ask.class).request(), new AcquireAnswer.Unknown(cause), now());
        assertThat(theOnly(Effect.Refuse.class).refusal())
                .isEqualTo(new Refusal(LockNotAcquiredException.Reason.STORE_UNAVAILABLE, null, cause));

        lock.want(ONCE, HOLDER, now());
        lock.answered(
                theOnly(Effect.Ask.class).request(), new AcquireAnswer.Busy(Duration.ofSeconds(5), "them"), now());
        assertThat(theOnly(Effect.Refuse.class).refusal())
                .isEqualTo(new Refusal(LockNotAcquiredException.Reason.BUSY, "them", null));
    }

    @Test
    void theHolderElsewhereIsKnownWhileOneWaits() {
        lock.want(PATIENT, HOLDER, now());
        LeaseRequest request = theOnly(Effect.Ask.class).request();
        assertThat(lock.heldElsewhere()).isNull();
        lock.answered(request, new AcquireAnswer.Busy(Duration.ofSeconds(5), "them"), now());
        assertThat(lock.heldElsewhere()).isEqualTo("them");

        lock.answered(request, granted(request, false), now());
        assertThat(lock.heldElsewhere()).isNull();
    }

    @Test
    void whoTriesOnceIsRefusedWhenTheGrantComesAfterItsLease() {
        lock.want(ONCE, HOLDER, now());
        LeaseRequest request = theOnly(Effect.Ask.class).request();
        millis += LEASE.toMillis() - 20;

        lock.answered(request, granted(request, false), now());

        assertThat(theOnly(Effect.Refuse.class).refusal().reason())
                .isEqualTo(LockNotAcquiredException.Reason.STORE_UNAVAILABLE);
        assertThat(all(Effect.Give.class)).isEmpty();
        assertThat(lock.waiting()).isZero();
    }

    @Test
    void aGrantOfAnotherLengthThanTheFirstWaiterWantsIsGivenBack() {
        Waiter first = lock.want(PATIENT, HOLDER, now());
        LeaseRequest request = theOnly(Effect.Ask.class).request();
        lock.want(PATIENT.withLease(Duration.ofSeconds(5)), HOLDER, now());
        lock.giveUp(first, now());

        lock.answered(request, granted(request, false), now());

        assertThat(all(Effect.Give.class)).isEmpty();
        assertThat(theOnly(Effect.Release.class).ticket()).isEqualTo(request.ticket());
        LeaseRequest next = theOnly(Effect.Ask.class).request();
        assertThat(next.lease()).isEqualTo(Duration.ofSeconds(5));
        assertThat(next.ticket()).isNotEqualTo(request.ticket());
    }

    @Test
    void onlyThoseWhoseTimeIsOverAreRefused() {
        lock.want(PATIENT, HOLDER, now());
        Waiter impatient = lock.want(OPTIONS.withWaitAtMost(Duration.ofSeconds(1)), HOLDER, now());
        millis += 1_000;

        lock.tick(now());

        assertThat(theOnly(Effect.Refuse.class).waiter()).isSameAs(impatient);
        assertThat(lock.waiting()).isEqualTo(1);
    }

    @Test
    void aWaiterAsksAtOnceWhenTheReleaseOfOnesOwnLeaseIsConfirmedAndOnlyThen() {
        Grant grant = hold(OPTIONS, false);
        lock.want(PATIENT.withLease(Duration.ofSeconds(5)), HOLDER, now());
        lock.released(grant, now());
        Ticket released = theOnly(Effect.Release.class).ticket();
        busy(theOnly(Effect.Ask.class).request(), Duration.ofSeconds(20));

        lock.releaseAnswered(released, new ReleaseAnswer.Unknown(new IllegalStateException("down")), now());
        lock.releaseAnswered(new Ticket(1, new ProcessId("other", 1)), new ReleaseAnswer.Released(), now());
        assertThat(all(Effect.Ask.class)).isEmpty();
        lock.releaseAnswered(released, new ReleaseAnswer.Released(), now());
        busy(theOnly(Effect.Ask.class).request(), Duration.ofSeconds(20));
        millis += OPTIONS.retryInterval().toMillis();
        lock.releaseAnswered(released, new ReleaseAnswer.Released(), now());
        assertThat(all(Effect.Ask.class)).as("after an answer that is doubled").isEmpty();
    }

    @Test
    void theReleaseOfOnesOwnLeaseDoesNotUseUpTheWakeUpThatTellsOfTheGrant() {
        Grant grant = hold(OPTIONS, false);
        lock.want(PATIENT.withLease(Duration.ofSeconds(5)), HOLDER, now());
        lock.released(grant, now());
        Ticket released = theOnly(Effect.Release.class).ticket();
        LeaseRequest request = theOnly(Effect.Ask.class).request();
        lock.releaseAnswered(released, new ReleaseAnswer.Released(), now());
        busy(request, Duration.ofSeconds(20));
        busy(theOnly(Effect.Ask.class).request(), Duration.ofSeconds(20));

        lock.woken(now());

        theOnly(Effect.Ask.class);
    }
}
