package io.coordination.peer;

import io.coordination.ProcessId;
import io.coordination.lock.Holder;
import io.coordination.lock.LeaseRequest;
import io.coordination.lock.Resource;
import io.coordination.lock.Ticket;
import io.coordination.peer.PeerWalkSetting.Also;
import io.coordination.time.HybridClock;
import io.coordination.time.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Peers that do what a test tells them, one message at a time. Time is in ticks of a millisecond; every process has the same
 * monotonic clock, and the wall clock it is given.
 */
final class PeerScript {

    static final Resource SEAT = Resource.named("seat");

    private final PeerWalkSetting setting;
    private final Rules rules;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final List<Envelope> messages = new ArrayList<>();
    private long tick = 1_000_000;
    private long lastToken;
    private boolean tokenFell;

    PeerScript(PeerWalkSetting setting, Rules rules) {
        this.setting = setting;
        this.rules = rules;
        setting.nodes().forEach(node -> members.put(node, new Member(node)));
        members.values().forEach(member -> member.start(setting.way()));
    }

    // ---- what happens

    /** All voters come in by waiting; what they said meanwhile is lost. */
    PeerScript allIn() {
        pass(Math.max(setting.leaseTicks(), setting.clockTicks()) + 1);
        members.values().forEach(Member::tick);
        messages.clear();
        return this;
    }

    void pass(int ticks) {
        tick += ticks;
    }

    void tick(String node) {
        member(node).tick();
    }

    /** By how many ticks its wall clock is ahead. */
    void ahead(String node, int ticks) {
        member(node).skew = ticks;
    }

    void restart(String node) {
        restart(node, setting.way());
    }

    /** It comes to vote in this way, knowing these voters; those that it knew before if none are given. */
    void restart(String node, Recovery.Way way, String... voters) {
        messages.removeIf(message -> message.to().equals(node) && message.incarnation() != Envelope.ANY);
        Member member = member(node);
        member.group = voters.length == 0 ? member.group : setting.group(List.of(voters));
        member.start(way);
    }

    /** It is given another list of voters, and the one before. */
    void rollOut(String node, String... voters) {
        restart(node, rules.wayAfterChange(), voters);
    }

    /** What it writes into its data directory is there. */
    void store(String node) {
        Member member = member(node);
        WalkDisk disk = member.disk;
        if (disk != null) {
            disk.store().forEach(bound -> member.node().ceilingRaised(bound, member.now()));
        }
    }

    void want(String node) {
        want(node, setting.leaseTicks());
    }

    void want(String node, int leaseTicks) {
        member(node).want(leaseTicks);
    }

    void renew(String node) {
        member(node).renew();
    }

    void release(String node) {
        member(node).release(null);
    }

    /** @param next who is to have it next */
    void release(String node, String next) {
        member(node).release(next);
    }

    /** The oldest of this kind on this link arrives. */
    void deliver(String from, String to, Class<? extends PeerMessage> kind) {
        Envelope envelope = take(from, to, kind);
        member(to).receive(envelope);
    }

    /** The newest on this link overtakes the others. */
    void deliverNewest(String from, String to) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            Envelope envelope = messages.get(i);
            if (envelope.from().nodeId().equals(from) && envelope.to().equals(to)) {
                messages.remove(i);
                member(to).receive(envelope);
                return;
            }
        }
        throw new AssertionError("no message from " + from + " to " + to);
    }

    /** It arrives, and will arrive again. */
    void deliverAndKeep(String from, String to, Class<? extends PeerMessage> kind) {
        Envelope envelope = take(from, to, kind);
        messages.add(envelope);
        member(to).receive(envelope);
    }

    /** Everything on this link and back arrives, until both are silent. */
    void talk(String one, String other) {
        for (int i = 0; i < messages.size(); i++) {
            Envelope envelope = messages.get(i);
            boolean there =
                    envelope.from().nodeId().equals(one) && envelope.to().equals(other);
            boolean back =
                    envelope.from().nodeId().equals(other) && envelope.to().equals(one);
            if (there || back) {
                messages.remove(i);
                member(envelope.to()).receive(envelope);
                i = -1;
            }
        }
    }

    /** Whatever is under way is lost. */
    void loseAll() {
        messages.clear();
    }

    void lose(String from, String to) {
        messages.removeIf(
                message -> message.from().nodeId().equals(from) && message.to().equals(to));
    }

    // ---- what is seen

    List<String> holders() {
        return members.values().stream()
                .filter(Member::holds)
                .map(member -> member.name)
                .toList();
    }

    boolean isIn(String voter) {
        return member(voter).node().isIn();
    }

    boolean hasTokenFallen() {
        return tokenFell;
    }

    private Envelope take(String from, String to, Class<? extends PeerMessage> kind) {
        for (int i = 0; i < messages.size(); i++) {
            Envelope envelope = messages.get(i);
            if (envelope.from().nodeId().equals(from)
                    && envelope.to().equals(to)
                    && kind.isInstance(envelope.message())) {
                return messages.remove(i);
            }
        }
        throw new AssertionError("no " + kind.getSimpleName() + " from " + from + " to " + to + " among " + messages);
    }

    private Member member(String node) {
        Member member = members.get(node);
        if (member == null) {
            throw new AssertionError("no node " + node);
        }
        return member;
    }

    private final class Member {

        final String name;
        private final @Nullable WalkDisk disk;
        private PeerGroup group = setting.group();
        private HybridClock clock = new HybridClock();
        private long incarnation;
        private long skew;
        private @Nullable PeerNode node;
        private @Nullable Claim seen;
        private @Nullable Ticket ticket;

        Member(String name) {
            this.name = name;
            this.disk = setting.has(Also.DATA_DIRECTORIES) ? new WalkDisk() : null;
        }

        PeerNode node() {
            PeerNode running = node;
            if (running == null) {
                throw new AssertionError(name + " does not run");
            }
            return running;
        }

        Moment now() {
            return new Moment(tick * PeerWalk.TICK, (tick + skew) * 1_000);
        }

        void start(Recovery.Way way) {
            if (disk != null) {
                disk.crash();
            }
            incarnation++;
            clock = new HybridClock();
            ProcessId self = new ProcessId(name, incarnation);
            node = new PeerNode(
                    Membership.of(
                            self,
                            group,
                            setting.times(),
                            rules,
                            (to, run, message) ->
                                    messages.add(new Envelope(self, to, run, group.fingerprint(), message))),
                    clock,
                    way,
                    disk == null ? Ceiling.none() : disk.ceiling(),
                    hinted -> {},
                    now());
            node.tick(now());
        }

        void tick() {
            node().tick(now());
            look();
        }

        void receive(Envelope envelope) {
            node().receive(envelope, now());
            look();
        }

        void want(int leaseTicks) {
            ticket = new Ticket(clock.next(now().micros()), new ProcessId(name, incarnation));
            node().acquire(request(ticket, leaseTicks), answer -> {}, now());
        }

        void renew() {
            node().renew(request(ticket(), setting.leaseTicks()), answer -> {}, now());
        }

        void release(@Nullable String next) {
            node().release(SEAT, ticket(), next, now());
        }

        boolean holds() {
            Claim claim = node().requester().claim(SEAT);
            return claim != null && claim.isHeld(now());
        }

        private Ticket ticket() {
            Ticket drawn = ticket;
            if (drawn == null) {
                throw new AssertionError(name + " has wanted nothing");
            }
            return drawn;
        }

        @SuppressWarnings("ReferenceEquality") // each claim is a turn of its own
        private void look() {
            Claim claim = node().requester().claim(SEAT);
            if (claim != null && claim != seen && claim.isHeld(now())) {
                seen = claim;
                tokenFell |= claim.base() <= lastToken;
                lastToken = claim.base();
            }
        }

        private LeaseRequest request(Ticket asked, int leaseTicks) {
            return new LeaseRequest(
                    SEAT,
                    asked,
                    Duration.ofNanos(leaseTicks * PeerWalk.TICK),
                    new Holder(asked.owner(), "script"),
                    now());
        }
    }
}
