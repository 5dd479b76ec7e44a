package io.coordination.peer;

import io.coordination.ProcessId;
import io.coordination.lock.Holder;
import io.coordination.lock.LeaseRequest;
import io.coordination.lock.Resource;
import io.coordination.lock.Ticket;
import io.coordination.time.HybridClock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A real node, with what surrounds it: who wants something of it, and what it has sent. */
final class LiveNode {

    private static final Resource SEAT = Resource.named("seat");

    private final String name;
    private final boolean votes;
    private final ExploreBounds bounds;
    private final Rules rules;
    private final Envelopes envelopes;
    private final PeerGroup group;
    private final PeerTimes times;
    private final List<Envelope> sent = new ArrayList<>();
    private HybridClock clock = new HybridClock();
    private PeerNode node;
    private @Nullable Ticket ticket;
    private boolean hinted;
    private int asked;
    private int said;
    private int crashes;

    LiveNode(String name, ExploreBounds bounds, Rules rules, Envelopes envelopes) {
        this.name = name;
        this.votes = ExploreBounds.VOTERS.contains(name);
        this.bounds = bounds;
        this.rules = rules;
        this.envelopes = envelopes;
        this.group = bounds.group();
        this.times = bounds.times();
        // The group has been there for long: voters are in.
        node = start(Recovery.Way.WAIT, -bounds.leaseTicks() - 1);
        node.tick(ExploreBounds.at(0));
        sent.clear();
    }

    private PeerNode start(Recovery.Way way, int tick) {
        ProcessId self = process();
        Membership member = Membership.of(
                self,
                group,
                times,
                rules,
                (to, run, message) -> sent.add(
                        new Envelope(self, to, run, envelopes.fingerprint(), Envelopes.withoutAsides(message))));
        return new PeerNode(member, clock, way, Ceiling.none(), resource -> hinted = true, ExploreBounds.at(tick));
    }

    private ProcessId process() {
        return new ProcessId(name, 1 + crashes);
    }

    /** Whether it can happen, within the bounds. */
    boolean apply(int event, int tick) {
        int before = sent.size();
        if (!happens(event, tick)) {
            return false;
        }
        if (hinted) {
            // Whoever wants it comes for it at once.
            hinted = false;
            Ticket own = ticket;
            if (own != null && node.requester().claim(SEAT) != null) {
                node.acquire(request(own, tick), answer -> {}, ExploreBounds.at(tick));
            }
        }
        if (!votes && sent.size() > before) {
            said++;
        }
        return said <= bounds.says();
    }

    private boolean happens(int event, int tick) {
        Claim claim = node.requester().claim(SEAT);
        Ticket own = ticket;
        if (event >= 0) {
            node.receive(envelopes.get(event), ExploreBounds.at(tick));
        } else if (event == LocalStates.TICK) {
            node.tick(ExploreBounds.at(tick));
        } else if (event == LocalStates.WANT && !votes && claim == null && asked < bounds.asks()) {
            asked++;
            own = new Ticket(clock.next(ExploreBounds.at(tick).micros()), process());
            ticket = own;
            node.acquire(request(own, tick), answer -> {}, ExploreBounds.at(tick));
        } else if (event == LocalStates.RELEASE && claim != null && own != null) {
            node.release(SEAT, own, null, ExploreBounds.at(tick));
        } else if (event == LocalStates.RENEW && claim != null && own != null && claim.isHeld()) {
            node.renew(request(own, tick), answer -> {}, ExploreBounds.at(tick));
        } else if (event == LocalStates.RESTART && votes && crashes < bounds.crashes()) {
            crashes++;
            clock = new HybridClock();
            node = start(bounds.way(), tick);
        } else {
            return false;
        }
        return true;
    }

    private LeaseRequest request(Ticket own, int tick) {
        return new LeaseRequest(
                SEAT, own, group.longestGrant(), new Holder(own.owner(), "explore"), ExploreBounds.at(tick));
    }

    Digest.Value digest() {
        return new Digest()
                .add(node)
                .add(clock)
                .add(asked)
                .add(said)
                .add(crashes)
                .value();
    }

    // ---- what is seen of it

    boolean isIn() {
        return node.isIn();
    }

    boolean hasRestarted() {
        return crashes > 0;
    }

    /** At which ticks it holds, unless something happens: a bit for each. */
    long heldAt() {
        Claim claim = node.requester().claim(SEAT);
        long heldAt = 0;
        for (int at = 0; claim != null && at <= bounds.ticks(); at++) {
            heldAt |= claim.isHeld(ExploreBounds.at(at)) ? 1L << at : 0;
        }
        return heldAt;
    }

    long base() {
        Claim claim = node.requester().claim(SEAT);
        return claim == null ? 0 : claim.base();
    }

    long tenure() {
        Claim claim = node.requester().claim(SEAT);
        return claim == null || !claim.isHeld() ? 0 : claim.ticket().micros();
    }

    /** What it has sent since it was last asked. */
    int[] takeSent() {
        int[] numbers =
                sent.stream().mapToInt(envelopes::number).sorted().distinct().toArray();
        sent.clear();
        return numbers;
    }
}
