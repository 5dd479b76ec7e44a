package io.coordination.peer;

import static io.coordination.peer.OneVoter.SEAT;
import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.ProcessId;
import io.coordination.channel.MalformedMessageException;
import io.coordination.lock.Resource;
import io.coordination.peer.PeerMessage.Grant;
import io.coordination.peer.PeerMessage.Queued;
import io.coordination.peer.PeerMessage.Refused;
import io.coordination.peer.PeerMessage.State;
import io.coordination.peer.PeerMessage.Wanted;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a single voter does, where whole processes meet it too rarely. */
class VoterTests {

    private final OneVoter a = new OneVoter(0);

    @Test
    void aWaiterThatDiedDoesNotHideFromTheOwnerThatOthersWait() {
        a.asks("owner", SEAT, 1, 1, false);
        a.asks("dead", SEAT, 0, 2, false);
        for (int i = 0; i < 3; i++) {
            a.pass(4_000);
            a.asks("owner", SEAT, 1, 1, true);
        }
        assertThat(a.asks("waiter", SEAT, 2, 3, false)).hasAtLeastOneElementOfType(Wanted.class);
    }

    @Test
    void anOwnerWithoutAMajorityGetsNoNewBaseWhileAnEarlierOneWaits() {
        a.asks("owner", SEAT, 2, 1, false);
        a.asks("earlier", SEAT, 1, 2, false);
        a.pass(10);
        assertThat(a.asks("owner", SEAT, 2, 3, false))
                .singleElement()
                .isInstanceOfSatisfying(
                        Grant.class, grant -> assertThat(grant.base()).isEqualTo(a.wall() + 1));
        a.pass(10);
        a.frees("earlier");
        assertThat(a.asks("owner", SEAT, 2, 3, false))
                .singleElement()
                .isInstanceOfSatisfying(
                        Grant.class, grant -> assertThat(grant.base()).isEqualTo(a.wall() + 3));
    }

    @Test
    void aFreeLeaseIsNotKeptForOneThatAnEarlierOneHasOvertaken() {
        a.asks("owner", SEAT, 3, 5, false);
        a.asks("behind", SEAT, 2, 4, false);
        a.pass(10);
        assertThat(a.frees("owner")).as("kept for the one that is behind").isEmpty();
        a.asks("earlier", SEAT, 1, 4, false);
        a.pass(10);
        assertThat(a.asks("behind", SEAT, 2, 6, false)).hasOnlyElementsOfType(Queued.class);
        assertThat(a.asks("earlier", SEAT, 1, 6, false)).hasAtLeastOneElementOfType(Grant.class);
    }

    @Test
    void theQueueHasAnEnd() {
        a.asks("owner", SEAT, 0, 1, false);
        for (int i = 1; i <= VoterRecord.LONGEST_QUEUE; i++) {
            assertThat(a.asks("waiter-" + i, SEAT, i, 1 + i, false)).hasAtLeastOneElementOfType(Queued.class);
        }
        for (int i = 0; i < 3; i++) {
            List<PeerMessage> answer = a.asks("late-" + i, SEAT, 2_000 + i, 2_000 + i, false);
            assertThat(answer)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.reason()).contains("full"));
            assertThat(record().waiting()).isEqualTo(VoterRecord.LONGEST_QUEUE);
        }
        a.pass(1);
        assertThat(a.asks("waiter-1", SEAT, 1, 2, false))
                .as("whoever has a place keeps it")
                .hasAtLeastOneElementOfType(Queued.class);
        a.frees("waiter-2");
        assertThat(a.asks("late-1", SEAT, 3_000, 3_000, false)).hasAtLeastOneElementOfType(Queued.class);
    }

    @Test
    void theNumberOfResourcesHasAnEnd() {
        OneVoter full = new OneVoter(Voter.MOST_RESOURCES - 1);
        assertThat(full.asks("one", SEAT, 1, 1, false)).hasOnlyElementsOfType(Grant.class);
        Resource another = Resource.named("another");
        assertThat(full.asks("one", another, 2, 2, false)).hasOnlyElementsOfType(Refused.class);
        full.frees("one", another, "two");
        assertThat(full.voter.record(another)).isNull();
        full.pass(1);
        assertThat(full.asks("one", SEAT, 1, 1, true))
                .as("what is known goes on")
                .hasOnlyElementsOfType(Grant.class);
    }

    @Test
    void whatItKnowsFitsIntoMessagesHoweverLongTheNamesAre() throws MalformedMessageException {
        Set<Resource> granted = new HashSet<>();
        String owner = "界".repeat(ProcessId.LONGEST_NODE_ID);
        for (int i = 0; i < 100; i++) {
            Resource resource = Resource.of("%03d".formatted(i), "界".repeat(Resource.LONGEST - 3));
            assertThat(a.asks(owner, resource, i, i + 1, false)).hasOnlyElementsOfType(Grant.class);
            granted.add(resource);
        }
        ProcessId self = new ProcessId("a", 1);
        Set<Resource> told = new HashSet<>();
        List<PeerMessage> parts = a.isReadBy("b");
        for (PeerMessage part : parts) {
            Envelope sent = new Envelope(self, "b", 1, 0, part);
            Envelope arrived = PeerWire.decode(self, "b", PeerWire.encode(sent));
            assertThat(arrived).isEqualTo(sent);
            ((State) part).leases().forEach(lease -> told.add(lease.resource()));
        }
        assertThat(parts).hasSizeGreaterThan(1).allMatch(part -> ((State) part).parts() == parts.size());
        assertThat(parts.stream().map(part -> ((State) part).part())).doesNotHaveDuplicates();
        assertThat(told).isEqualTo(granted);
    }

    private VoterRecord record() {
        VoterRecord record = a.voter.record(SEAT);
        assertThat(record).isNotNull();
        return record;
    }
}
