package io.coordination.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coordination.ProcessId;
import io.coordination.lock.AcquireAnswer;
import io.coordination.lock.Holder;
import io.coordination.lock.LeaseRequest;
import io.coordination.lock.RenewAnswer;
import io.coordination.lock.Resource;
import io.coordination.lock.Ticket;
import io.coordination.peer.PeerMessage.Ask;
import io.coordination.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Who belongs to a group, and what those hear who do not. */
class PeerMembershipTests {

    private static final Resource SEAT = Resource.named("seat");
    private static final Duration GRANT = Duration.ofSeconds(2);
    private static final List<String> VOTERS = List.of("a", "b", "c");

    private final VirtualTime time = new VirtualTime();
    private final Map<String, PeerLeaseStore> members = new HashMap<>();
    private final List<AcquireAnswer> answers = new ArrayList<>();

    @Test
    void aMemberOfAnotherGroupHearsInWhatTheyDiffer() {
        start("a", group(VOTERS), 1);
        start("b", group(VOTERS), 1);
        start("c", group(VOTERS), 1);
        PeerLeaseStore other = start("p", group(List.of("a", "b", "c", "d")), 1);
        time.advance(GRANT.multipliedBy(2));
        acquire(other, "p", 1, GRANT);
        time.advance(Duration.ofSeconds(2));
        assertThat(other.refusals()).containsOnlyKeys("a", "b", "c");
        assertThat(other.refusals().get("a")).contains("voters [a, b, c]").contains("coordination.peers");
        assertThat(answers.get(0))
                .isInstanceOfSatisfying(
                        AcquireAnswer.Unknown.class,
                        unknown -> assertThat(unknown.cause())
                                .hasMessageContaining("0 of 4 voters answered")
                                .hasMessageContaining("Silent: [d]")
                                .hasMessageContaining("a knows another group: voters [a, b, c]"));
    }

    @Test
    void whatAVoterRefusedIsForgottenWhenItListensAgain() {
        VOTERS.forEach(voter -> start(voter, group(VOTERS), 1));
        PeerLeaseStore member = start("p", group(VOTERS), 1);
        time.advance(GRANT.multipliedBy(2));
        acquire(member, "p", 1, GRANT.multipliedBy(5));
        assertThat(member.refusals().get("a")).contains("the longest that is granted is PT2S");
        member.release(SEAT, ticket("p", 1), answer -> {});
        acquire(member, "p", 1, GRANT);
        assertThat(answers.get(answers.size() - 1)).isInstanceOf(AcquireAnswer.Granted.class);
        assertThat(member.refusals()).isEmpty();
    }

    @Test
    void aVoterDoesNotTakeATicketOfSomebodyElse() {
        VOTERS.forEach(voter -> start(voter, group(VOTERS), 1));
        PeerLeaseStore member = start("p", group(VOTERS), 1);
        time.advance(GRANT.multipliedBy(2));
        PeerMessage stolen =
                new Ask(SEAT, time.now(), ticket("q", 1), time.now().micros(), GRANT, false, false);
        deliver(new Envelope(
                new ProcessId("p", 1), "a", Envelope.ANY, group(VOTERS).fingerprint(), stolen));
        assertThat(member.refusals().get("a")).contains("a ticket of q/1");
    }

    @Test
    void aProcessThatHearsOfANewerOneOfItsNodeIsSilentAndSaysWhy() {
        start("b", group(VOTERS), 1);
        start("c", group(VOTERS), 1);
        PeerLeaseStore old = start("a", group(VOTERS), 1);
        time.advance(GRANT.multipliedBy(2));
        acquire(old, "a", 1, GRANT);
        assertThat(answers.get(0)).isInstanceOf(AcquireAnswer.Granted.class);
        PeerLeaseStore newer = start("a", group(VOTERS), 2);
        assertThat(newer.state()).isEqualTo(PeerState.READY);
        old.receive(new Envelope(
                new ProcessId("a", 2), "a", Envelope.ANY, group(VOTERS).fingerprint(), new PeerMessage.Read(1)));
        assertThat(old.state()).isEqualTo(PeerState.SUPERSEDED);

        List<RenewAnswer> renewed = new ArrayList<>();
        old.renew(request("a", 1, GRANT), renewed::add);
        assertThat(renewed).containsExactly(new RenewAnswer.NotHeld());
        acquire(old, "a", 1, GRANT);
        assertThat(answers.get(1))
                .isInstanceOfSatisfying(
                        AcquireAnswer.Unknown.class,
                        unknown -> assertThat(unknown.cause())
                                .hasMessageContaining("a newer process of a was heard of, incarnation 2; this one is 1")
                                .hasMessageContaining("coordination.node-id"));
    }

    /** Its manager has not heard yet that the lease is not to be relied on. */
    @Test
    void whatAMachineThatWasAwayHeldIsNotGivenToAnotherAcquisitionOfTheSameProcess() {
        VOTERS.forEach(voter -> start(voter, group(VOTERS), 1));
        PeerLeaseStore member = start("p", group(VOTERS), 1);
        time.advance(GRANT.multipliedBy(2));
        acquire(member, "p", 1, GRANT);
        time.suspend(Duration.ofMillis(1_500));
        Ticket another = new Ticket(2_000_000, new ProcessId("p", 1));
        member.acquire(
                new LeaseRequest(SEAT, another, GRANT, new Holder(another.owner(), "test"), time.now()), answers::add);
        assertThat(answers.get(1)).isInstanceOf(AcquireAnswer.Busy.class);
        assertThat(member.claims()).isEqualTo(1);
        List<RenewAnswer> renewed = new ArrayList<>();
        member.renew(request("p", 1, GRANT), renewed::add);
        assertThat(renewed).containsExactly(new RenewAnswer.NotHeld());
        assertThat(member.claims()).isZero();
    }

    @Test
    void aClosedMemberAnswersThatItIsClosed() {
        PeerLeaseStore member = start("p", group(VOTERS), 1);
        member.close();
        acquire(member, "p", 1, GRANT);
        List<RenewAnswer> renewed = new ArrayList<>();
        member.renew(request("p", 1, GRANT), renewed::add);
        assertThat(answers)
                .singleElement()
                .isInstanceOfSatisfying(
                        AcquireAnswer.Unknown.class,
                        unknown -> assertThat(unknown.cause()).hasMessageContaining("shutting down"));
        assertThat(renewed).singleElement().isInstanceOf(RenewAnswer.Unknown.class);
    }

    @Test
    void theListOfVotersChangesByOneAtATime() {
        PeerGroup now = group(List.of("a", "b", "d"));
        assertThatThrownBy(() -> builder("a", now, 1).previousVoters(VOTERS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The voters change by one at a time")
                .hasMessageContaining("come [d]")
                .hasMessageContaining("go [c]")
                .hasMessageContaining("previous-members");
        assertThat(builder("a", now, 1).previousVoters(List.of("a", "b")).way(new Rules()))
                .isEqualTo(Recovery.Way.WAIT);
        assertThat(builder("a", now, 1).previousVoters(List.of("d", "b", "a")).way(new Rules()))
                .isEqualTo(Recovery.Way.READ_OR_WAIT);
    }

    @Test
    void aFreshStartNeedsThatWorkersMayNotAsk() {
        assertThatThrownBy(() -> builder("a", group(VOTERS), 1).fresh(true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("coordination.peers.workers=false");
        PeerGroup votersOnly = new PeerGroup(VOTERS, GRANT, Duration.ofSeconds(1), false);
        assertThat(builder("a", votersOnly, 1).fresh(true).way(new Rules())).isEqualTo(Recovery.Way.FRESH);
    }

    @Test
    void aVoterWhoseDiskFailsSaysSoAndGrantsAgainWhenItWorks() {
        boolean[] works = {false};
        for (String voter : VOTERS) {
            PeerLeaseStore member = builder(voter, group(VOTERS), 1)
                    .tokenCeiling(new TokenCeiling() {
                        @Override
                        public long stored() {
                            return 0;
                        }

                        @Override
                        public CompletionStage<?> raise(long ceiling) {
                            return works[0]
                                    ? CompletableFuture.completedFuture(null)
                                    : CompletableFuture.failedFuture(new IllegalStateException("no space left"));
                        }
                    })
                    .build();
            members.put(voter, member);
            member.start();
        }
        PeerLeaseStore asking = start("p", group(VOTERS), 1);
        time.advance(GRANT.multipliedBy(2));
        acquire(asking, "p", 1, GRANT);
        time.advance(Duration.ofMillis(300));
        assertThat(asking.refusals().get("a"))
                .contains("a refuses: it cannot store its token ceiling: no space left")
                .contains("data directory");
        works[0] = true;
        // Nobody waits for the disk and then for the time after which an unanswered question is asked again.
        asking.release(SEAT, ticket("p", 1), answer -> {});
        acquire(asking, "p", 1, GRANT);
        assertThat(answers.get(answers.size() - 1)).isInstanceOf(AcquireAnswer.Granted.class);
    }

    private PeerLeaseStore start(String node, PeerGroup group, long incarnation) {
        PeerLeaseStore member = builder(node, group, incarnation).build();
        members.put(node, member);
        member.start();
        return member;
    }

    private PeerLeaseStoreBuilder builder(String node, PeerGroup group, long incarnation) {
        return new PeerLeaseStoreBuilder(new ProcessId(node, incarnation), group, time, time, this::deliver);
    }

    private void deliver(Envelope envelope) {
        PeerLeaseStore to = members.get(envelope.to());
        if (to != null) {
            to.receive(envelope);
        }
    }

    private void acquire(PeerLeaseStore member, String node, long incarnation, Duration lease) {
        member.acquire(request(node, incarnation, lease), answers::add);
    }

    private LeaseRequest request(String node, long incarnation, Duration lease) {
        Ticket ticket = ticket(node, incarnation);
        return new LeaseRequest(SEAT, ticket, lease, new Holder(ticket.owner(), "test"), time.now());
    }

    private static Ticket ticket(String node, long incarnation) {
        return new Ticket(1_000_000, new ProcessId(node, incarnation));
    }

    private static PeerGroup group(List<String> voters) {
        return new PeerGroup(voters, GRANT, Duration.ofSeconds(1), true);
    }
}
