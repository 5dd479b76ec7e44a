package io.coordination.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.ProcessId;
import io.coordination.lock.AcquireAnswer;
import io.coordination.lock.Holder;
import io.coordination.lock.LeaseRequest;
import io.coordination.lock.ReleaseAnswer;
import io.coordination.lock.RenewAnswer;
import io.coordination.lock.Resource;
import io.coordination.lock.Ticket;
import io.coordination.lock.WakeUps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link io.coordination.lock.LeaseStore} must do, asked of the port directly. Extend it and say how to make a
 * store.
 */
@Timeout(60)
public abstract class LeaseStoreContract {

    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final ProcessId A = new ProcessId("a", 1);
    private static final ProcessId B = new ProcessId("b", 1);

    private final AtomicLong micros = new AtomicLong(1_700_000_000_000_000L);

    private StoreUnderTest under;

    /** A store that nobody has used. */
    protected abstract StoreUnderTest newStore();

    @BeforeEach
    final void makeStore() {
        under = newStore();
    }

    @Test
    void grantsAFreeResourceAndRefusesItWhileItIsHeld() {
        Resource seat = Resource.of("seat", "free");
        granted(acquire(seat, ticket(A), LEASE));

        AcquireAnswer.Busy busy = busy(acquire(seat, ticket(B), LEASE));

        assertThat(busy.remaining()).isPositive().isLessThanOrEqualTo(LEASE.plus(under.slack()));
    }

    @Test
    void countsFromNoLaterThanTheAttemptWasSent() {
        LeaseRequest request = request(Resource.of("seat", "counts"), ticket(A), LEASE);
        AcquireAnswer.Granted granted =
                granted(this.<AcquireAnswer>reply(r -> under.store().acquire(request, r)));
        assertThat(granted.countsFrom().nanos())
                .isLessThanOrEqualTo(request.sentAt().nanos());
    }

    @Test
    void grantsWhatWasReleased() {
        Resource seat = Resource.of("seat", "released");
        Ticket first = ticket(A);
        granted(acquire(seat, first, LEASE));
        release(seat, first);
        granted(acquire(seat, ticket(B), LEASE));
    }

    @Test
    void grantsWhatHasRunOutAndObeysTheLengthAskedFor() {
        Resource brief = Resource.of("seat", "brief");
        Resource lasting = Resource.of("seat", "lasting");
        granted(acquire(brief, ticket(A), Duration.ofMillis(200)));
        granted(acquire(lasting, ticket(A), Duration.ofSeconds(60)));

        under.pass(Duration.ofMillis(400).plus(under.slack()));

        granted(acquire(brief, ticket(B), LEASE));
        busy(acquire(lasting, ticket(B), LEASE));
    }

    @Test
    void basesRiseThroughReleaseExpiryAndManyOtherNames() {
        Resource seat = Resource.of("seat", "bases");
        List<Long> bases = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Ticket ticket = ticket(i % 2 == 0 ? A : B);
            bases.add(granted(acquire(seat, ticket, LEASE)).tokenBase());
            release(seat, ticket);
        }
        bases.add(granted(acquire(seat, ticket(A), Duration.ofMillis(100))).tokenBase());
        under.pass(Duration.ofMillis(200).plus(under.slack()));
        for (int i = 0; i < 200; i++) {
            Resource other = Resource.of("one-off", Integer.toString(i));
            Ticket ticket = ticket(A);
            granted(acquire(other, ticket, LEASE));
            release(other, ticket);
        }
        bases.add(granted(acquire(seat, ticket(B), LEASE)).tokenBase());
        assertThat(bases).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aRepeatedAttemptOfTheHolderKeepsItsBaseAndProlongs() {
        Resource seat = Resource.of("seat", "repeated");
        Ticket ticket = ticket(A);
        long base = granted(acquire(seat, ticket, LEASE)).tokenBase();
        under.pass(LEASE.dividedBy(2));
        assertThat(granted(acquire(seat, ticket, LEASE)).tokenBase()).isEqualTo(base);
        under.pass(LEASE.dividedBy(2).plus(LEASE.dividedBy(4)));
        busy(acquire(seat, ticket(B), LEASE));
    }

    @Test
    void aRenewalProlongsTheLease() {
        Resource seat = Resource.of("seat", "renewed");
        Ticket ticket = ticket(A);
        granted(acquire(seat, ticket, LEASE));
        under.pass(LEASE.dividedBy(2));
        assertThat(renew(seat, ticket, LEASE)).isInstanceOf(RenewAnswer.Renewed.class);
        under.pass(LEASE.dividedBy(2).plus(LEASE.dividedBy(4)));
        busy(acquire(seat, ticket(B), LEASE));
    }

    @Test
    void aStaleHolderCanNeitherRenewNorReleaseItsSuccessor() {
        Resource seat = Resource.of("seat", "stale");
        Ticket stale = ticket(A);
        granted(acquire(seat, stale, Duration.ofMillis(100)));
        under.pass(Duration.ofMillis(200).plus(under.slack()));
        // The successor runs in the same process: its name alone must not open the door.
        Ticket successor = ticket(A);
        granted(acquire(seat, successor, Duration.ofSeconds(60)));

        assertThat(renew(seat, stale, LEASE)).isInstanceOf(RenewAnswer.NotHeld.class);
        release(seat, stale);

        busy(acquire(seat, ticket(B), LEASE));
        assertThat(renew(seat, successor, Duration.ofSeconds(60))).isInstanceOf(RenewAnswer.Renewed.class);
    }

    @Test
    void aLeaseThatRanOutCannotBeRenewedOnceAnotherHasIt() {
        Resource seat = Resource.of("seat", "taken");
        Ticket late = ticket(A);
        granted(acquire(seat, late, Duration.ofMillis(100)));
        under.pass(Duration.ofMillis(200).plus(under.slack()));
        granted(acquire(seat, ticket(B), Duration.ofSeconds(60)));
        assertThat(renew(seat, late, LEASE)).isInstanceOf(RenewAnswer.NotHeld.class);
    }

    @Test
    void releasingWhatIsNotHeldIsConfirmed() {
        release(Resource.of("seat", "never"), ticket(A));
    }

    @Test
    void namesAndKeysAreNeverConfused() {
        granted(acquire(Resource.of("ab", "c"), ticket(A), LEASE));
        granted(acquire(Resource.of("a", "bc"), ticket(A), LEASE));
        granted(acquire(Resource.of("a:b", "c"), ticket(A), LEASE));
        granted(acquire(Resource.of("a", "b:c"), ticket(A), LEASE));
        granted(acquire(Resource.named("a:b:c"), ticket(A), LEASE));
    }

    @Test
    void hostileNamesAreNamesLikeOthers() {
        for (String name : List.of(
                "'; drop table coordination_lock; --",
                "%_*?[]{}",
                "ünïcödé \uD83C\uDFAB",
                "\\\"quoted\\\"",
                " blank around ",
                "x".repeat(512))) {
            Ticket ticket = ticket(A);
            Ticket next = ticket(B);
            granted(acquire(Resource.named(name), ticket, LEASE));
            busy(acquire(Resource.named(name), next, LEASE));
            release(Resource.named(name), ticket);
            granted(acquire(Resource.named(name), next, LEASE));
        }
        granted(acquire(Resource.named("case"), ticket(A), LEASE));
        granted(acquire(Resource.named("CASE"), ticket(B), LEASE));
    }

    @Test
    void whoWaitsIsWokenOnRelease() throws InterruptedException {
        WakeUps wakeUps = under.wakeUps();
        if (wakeUps == null) {
            return;
        }
        BlockingQueue<Resource> woken = new LinkedBlockingQueue<>();
        Resource seat = Resource.of("seat", "woken");
        Ticket holder = ticket(A);
        granted(acquire(seat, holder, Duration.ofSeconds(60)));
        busy(acquire(seat, ticket(B), LEASE));
        try (WakeUps.Subscription subscription = wakeUps.subscribe(woken::add)) {
            assertThat(subscription).isNotNull();
            release(seat, holder);
            assertThat(woken.poll(30, TimeUnit.SECONDS)).isEqualTo(seat);
        }
    }

    @Test
    void theEarlierTicketGoesFirst() {
        Resource seat = Resource.of("seat", "order");
        Ticket holder = ticket(A);
        Ticket earlier = ticket(B);
        Ticket later = ticket(new ProcessId("c", 1));
        granted(acquire(seat, holder, Duration.ofSeconds(60)));
        busy(acquire(seat, later, LEASE));
        busy(acquire(seat, earlier, LEASE));
        release(seat, holder);
        busy(acquire(seat, later, LEASE));
        granted(acquire(seat, earlier, LEASE));
    }

    @Test
    void whoDoesNotComeWhenItIsItsTurnIsNotWaitedForLong() {
        Resource seat = Resource.of("seat", "absent");
        Ticket holder = ticket(A);
        granted(acquire(seat, holder, Duration.ofSeconds(60)));
        busy(acquire(seat, ticket(B), LEASE));
        Ticket later = ticket(new ProcessId("c", 1));
        busy(acquire(seat, later, LEASE));
        release(seat, holder);
        under.pass(Duration.ofSeconds(1).plus(under.slack()));
        granted(acquire(seat, later, LEASE));
    }

    @Test
    void whoNoLongerWaitsIsNotWaitedFor() {
        Resource seat = Resource.of("seat", "withdrawn");
        Ticket holder = ticket(A);
        Ticket withdrawn = ticket(B);
        granted(acquire(seat, holder, Duration.ofSeconds(60)));
        busy(acquire(seat, withdrawn, LEASE));
        release(seat, withdrawn);
        release(seat, holder);
        granted(acquire(seat, ticket(new ProcessId("c", 1)), LEASE));
    }

    @Test
    void theHolderIsToldThatOthersMayWait() {
        Resource seat = Resource.of("seat", "others");
        Ticket holder = ticket(A);
        granted(acquire(seat, holder, LEASE));
        busy(acquire(seat, ticket(B), LEASE));
        assertThat(renew(seat, holder, LEASE))
                .isInstanceOfSatisfying(
                        RenewAnswer.Renewed.class,
                        renewed -> assertThat(renewed.othersMayWait()).isTrue());
    }

    @Test
    void amongThreadsOfManyProcessesOneHolds() {
        Resource seat = Resource.of("seat", "contended");
        List<CompletableFuture<AcquireAnswer>> answers = new ArrayList<>();
        List<CompletableFuture<Void>> asked = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            LeaseRequest request = request(seat, ticket(new ProcessId("p" + i, 1)), Duration.ofSeconds(60));
            CompletableFuture<AcquireAnswer> answer = new CompletableFuture<>();
            answers.add(answer);
            CompletableFuture<Void> call = new CompletableFuture<>();
            asked.add(call);
            new Thread(() -> {
                        under.store().acquire(request, answer::complete);
                        call.complete(null);
                    })
                    .start();
        }
        asked.forEach(CompletableFuture::join);
        // A store may take its time to say that it is busy, as long as one with an earlier ticket could still get it.
        under.pass(Duration.ofSeconds(1));
        assertThat(answers)
                .extracting(CompletableFuture::join)
                .filteredOn(AcquireAnswer.Granted.class::isInstance)
                .hasSize(1);
    }

    // ---- words

    private Ticket ticket(ProcessId process) {
        return new Ticket(micros.incrementAndGet(), process);
    }

    private LeaseRequest request(Resource resource, Ticket ticket, Duration lease) {
        return new LeaseRequest(
                resource,
                ticket,
                lease,
                new Holder(ticket.owner(), "test"),
                under.time().now());
    }

    private AcquireAnswer acquire(Resource resource, Ticket ticket, Duration lease) {
        LeaseRequest request = request(resource, ticket, lease);
        return reply(r -> under.store().acquire(request, r));
    }

    private RenewAnswer renew(Resource resource, Ticket ticket, Duration lease) {
        LeaseRequest request = request(resource, ticket, lease);
        return reply(r -> under.store().renew(request, r));
    }

    private void release(Resource resource, Ticket ticket) {
        assertThat(this.<ReleaseAnswer>reply(r -> under.store().release(resource, ticket, r)))
                .isInstanceOf(ReleaseAnswer.Released.class);
    }

    private <T> T reply(Consumer<Consumer<T>> call) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        call.accept(answer::complete);
        return answer.join();
    }

    private static AcquireAnswer.Granted granted(AcquireAnswer answer) {
        assertThat(answer).isInstanceOf(AcquireAnswer.Granted.class);
        return (AcquireAnswer.Granted) answer;
    }

    private static AcquireAnswer.Busy busy(AcquireAnswer answer) {
        assertThat(answer).isInstanceOf(AcquireAnswer.Busy.class);
        return (AcquireAnswer.Busy) answer;
    }
}
