package io.coordination.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.ProcessId;
import io.coordination.channel.Body;
import io.coordination.channel.MalformedMessageException;
import io.coordination.lock.Resource;
import io.coordination.lock.Ticket;
import io.coordination.peer.PeerMessage.KnownLease;
import io.coordination.peer.PeerMessage.Standing;
import io.coordination.peer.PeerMessage.State;
import io.coordination.time.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatePartsTests {

    private static final ProcessId FROM = new ProcessId("box-b", Long.MAX_VALUE);

    /** Three bytes in UTF-8, the most that one character of Java can need. */
    private static final String WIDE = "界";

    @Test
    void partsOfTheLongestNamesFitIntoMessages() throws MalformedMessageException {
        List<KnownLease> leases = leases(1_000, StatePartsTests::longest);
        List<List<KnownLease>> parts = StateParts.of(leases, FROM);
        assertThat(parts.stream().flatMap(List::stream)).isEqualTo(leases);
        for (List<KnownLease> part : parts) {
            State state = longestHead(part);
            Body body = PeerWire.encode(new Envelope(FROM, "a", Long.MAX_VALUE, -1, state));
            assertThat(body.length()).isLessThanOrEqualTo(Body.LONGEST);
            assertThat(PeerWire.decode(FROM, "a", body).message()).isEqualTo(state);
        }
        for (int i = 0; i + 1 < parts.size(); i++) {
            int bytes = bytes(parts.get(i));
            assertThat(bytes).isLessThanOrEqualTo(StateParts.MOST_BYTES);
            assertThat(bytes + bytes(parts.get(i + 1).subList(0, 1)))
                    .as("with one more")
                    .isGreaterThan(StateParts.MOST_BYTES);
        }
        assertThat(parts.subList(0, parts.size() - 1))
                .as("so that as many parts as a reader takes hold as many leases as a voter has")
                .allMatch(part -> part.size() >= StateParts.LEAST_LEASES);
    }

    @Test
    void partsOfTypicalNamesAreFull() {
        List<List<KnownLease>> parts = StateParts.of(leases(1_001, StatePartsTests::typical), FROM);
        assertThat(parts).extracting(List::size).containsExactly(500, 500, 1);
        assertThat(parts.get(1).get(0)).isEqualTo(typical(500));
    }

    @Test
    void aVoterThatKnowsNothingSaysSo() {
        assertThat(StateParts.of(List.of(), FROM)).containsExactly(List.of());
    }

    private static int bytes(List<KnownLease> leases) {
        return leases.stream().mapToInt(lease -> PeerWire.size(lease, FROM)).sum();
    }

    private static List<KnownLease> leases(int count, IntFunction<KnownLease> lease) {
        return IntStream.range(0, count).mapToObj(lease).toList();
    }

    private static KnownLease typical(int i) {
        ProcessId owner = new ProcessId("box-a", 1_783_000_000_000L);
        Moment echo = new Moment(7_300_000_123_456L, 1_783_000_000_000_000L);
        return new KnownLease(
                Resource.of("seat", "A-" + i),
                owner,
                echo,
                new Ticket(echo.micros() - 40, owner),
                Duration.ofSeconds(7));
    }

    private static KnownLease longest(int i) {
        return new KnownLease(
                Resource.of(WIDE, WIDE.repeat(510) + (char) (WIDE.charAt(0) + i)),
                new ProcessId(WIDE.repeat(128), Long.MAX_VALUE),
                new Moment(Long.MAX_VALUE, Long.MIN_VALUE),
                new Ticket(0, new ProcessId(WIDE.repeat(128), Long.MAX_VALUE - 1)),
                MessageWriter.LONGEST_DURATION);
    }

    private static State longestHead(List<KnownLease> leases) {
        Map<String, Long> incarnations = new TreeMap<>();
        for (int i = 0; i < PeerGroup.MOST_VOTERS; i++) {
            incarnations.put(WIDE.repeat(127) + (char) (WIDE.charAt(0) + i), Long.MAX_VALUE);
        }
        return new State(
                Long.MAX_VALUE,
                new Standing(incarnations, MessageWriter.MOST_BASE),
                true,
                incarnations,
                StateParts.MOST - 1,
                StateParts.MOST,
                new ArrayList<>(leases));
    }
}
