package io.coordination.peer;

import io.coordination.ProcessId;
import io.coordination.lock.Resource;
import io.coordination.lock.Ticket;
import io.coordination.peer.PeerMessage.Ask;
import io.coordination.peer.PeerMessage.Free;
import io.coordination.peer.PeerMessage.Read;
import io.coordination.time.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A voter that is in, of a group of three, and what it says. Time passes by the milliseconds that a test says. */
final class OneVoter {

    static final Duration LEASE = Duration.ofSeconds(10);
    static final Resource SEAT = Resource.named("seat");

    private static final long MILLIS = 1_000_000;

    private final List<PeerMessage> said = new ArrayList<>();
    private long now = MILLIS;
    final Voter voter;

    /** @param resourcesMore so many more than it knows of are counted */
    OneVoter(int resourcesMore) {
        PeerGroup group = new PeerGroup(List.of("a", "b", "c"), LEASE, Duration.ofSeconds(1), true);
        ProcessId self = new ProcessId("a", 1);
        PeerTimes times = PeerTimes.of(group);
        Membership member =
                Membership.of(self, group, times, new Rules(), (node, incarnation, message) -> said.add(message));
        Recovery recovery = new Recovery(member, Recovery.Way.WAIT, moment());
        voter = new Voter(member, recovery, Ceiling.none(), 0, moment()) {
            @Override
            int size() {
                return super.size() + resourcesMore;
            }
        };
        pass(times.quarantine() / MILLIS + 1);
    }

    void pass(long millis) {
        now += millis * MILLIS;
        voter.tick(moment());
    }

    /** Who asked first goes by {@code ticket}; what it says now is returned, and forgotten. */
    List<PeerMessage> asks(String node, Resource resource, long ticket, long base, boolean held) {
        ProcessId process = new ProcessId(node, 1);
        Ask ask = new Ask(resource, moment(), new Ticket(ticket, process), wall() + base, LEASE, held, false);
        said.clear();
        voter.asked(process, ask, moment());
        return List.copyOf(said);
    }

    List<PeerMessage> frees(String node) {
        return frees(node, SEAT, null);
    }

    /** @param next the node that is to have it next */
    List<PeerMessage> frees(String node, Resource resource, @Nullable String next) {
        said.clear();
        voter.freed(new ProcessId(node, 1), new Free(resource, moment(), next), moment());
        return List.copyOf(said);
    }

    /** What it tells one that has lost its memory. */
    List<PeerMessage> isReadBy(String node) {
        said.clear();
        voter.read(new ProcessId(node, 1), new Read(1), moment());
        return List.copyOf(said);
    }

    /** Bases are counted from where the floor of a voter that waited is. */
    long wall() {
        return 10_000_000_000L;
    }

    private Moment moment() {
        return new Moment(now, now / 1_000);
    }
}
