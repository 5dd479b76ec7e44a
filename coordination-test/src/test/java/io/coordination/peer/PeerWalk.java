package io.coordination.peer;

import io.coordination.ProcessId;
import io.coordination.lock.Holder;
import io.coordination.lock.LeaseRequest;
import io.coordination.lock.Resource;
import io.coordination.lock.Ticket;
import io.coordination.peer.PeerMessage.KnownLease;
import io.coordination.time.HybridClock;
import io.coordination.time.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A short random interleaving of everything that can happen to one resource between peers: requests, releases, renewals,
 * crashes with loss of memory, and messages that arrive in any order, doubled, late or never. One seed decides all. A tick is
 * a millisecond; leases last two or three of them, so that everything meets everything.
 */
final class PeerWalk {

    static final long TICK = 1_000_000;

    private static final long MICROS = 1_000;

    /** More bases than are drawn in a tick. */
    private static final long LEAD = 200;

    private static final Resource SEAT = Resource.named("seat");
    private static final int MOST_MESSAGES = 60;

    /** In the healed phase; what says more is told to say it in the next tick. */
    private static final int MOST_IN_A_TICK = 1_000;

    private final SplittableRandom random;
    private final PeerWalkSetting setting;
    private final PeerGroup group;
    private final PeerTimes times;
    private final long fingerprint;
    private final Rules rules;
    private final Map<String, Integer> counts;
    private final @Nullable StringBuilder trace;
    private final List<Member> members = new ArrayList<>();
    private final List<Envelope> messages = new ArrayList<>();
    private final int[] active;
    private final int timeWeight;
    private final int crashWeight;
    private final int newestWeight;
    private final int lossOneIn;
    private long tick = 1_000_000;
    private long lastToken;
    private boolean healed;

    PeerWalk(long seed, PeerWalkSetting setting, Rules rules, Map<String, Integer> counts, boolean traced) {
        this.random = new SplittableRandom(seed);
        this.setting = setting;
        this.group = setting.group();
        this.times = setting.times();
        this.fingerprint = group.fingerprint();
        this.rules = rules;
        this.counts = counts;
        this.trace = traced ? new StringBuilder() : null;
        for (String node : setting.nodes()) {
            members.add(new Member(node, random.nextInt(1_000) * TICK, skewMicros()));
        }
        // What each walk has much or little of is drawn for it: the average of everything finds less.
        this.active = new int[2 + random.nextInt(2)];
        for (int i = 0; i < active.length; i++) {
            active[i] = random.nextInt(members.size());
        }
        this.timeWeight = 20 + random.nextInt(120);
        this.crashWeight = random.nextInt(25);
        this.newestWeight = random.nextInt(9);
        this.lossOneIn = 10 + random.nextInt(100);
    }

    /** The difference between clocks that members agree on has to cover the lead of a hybrid clock over its wall clock too. */
    private long skewMicros() {
        long most = setting.clockTicks() * MICROS - LEAD;
        return Math.max(0, Math.min(most, random.nextInt(setting.clockTicks() + 1) * MICROS));
    }

    String trace() {
        return String.valueOf(trace);
    }

    void run(int steps) {
        members.forEach(Member::start);
        for (int i = 0; i < steps; i++) {
            event();
            check();
        }
    }

    /** Everything that is sent arrives, once; whoever holds lets go; then everybody must be served and nothing be left. */
    void heal() {
        healed = true;
        log("healed");
        members.stream().filter(member -> member.node == null).forEach(Member::start);
        members.forEach(member -> member.served = false);
        members.forEach(Member::want);
        long end = tick + setting.healTicks();
        while (!members.stream().allMatch(Member::isServed) || !isDrained()) {
            if (tick > end) {
                throw new PeerViolation("not everybody is served, or something is left, when the faults have stopped: "
                        + members.stream().map(Member::inWords).toList());
            }
            for (int i = 0; i < MOST_IN_A_TICK && !messages.isEmpty(); i++) {
                deliver(messages.remove(0));
                check();
            }
            members.forEach(Member::letGo);
            tick++;
            members.forEach(Member::tick);
            check();
        }
    }

    private boolean isDrained() {
        return messages.isEmpty()
                && members.stream()
                        .allMatch(member -> member.node != null
                                && member.node.requester().size() == 0
                                && (member.node.voter() == null
                                        || member.node.voter().size() == 0));
    }

    private void event() {
        Member member = members.get(active[random.nextInt(active.length)]);
        int dice = random.nextInt(1_000);
        if (dice < 600 && !messages.isEmpty()) {
            deliverSome();
        } else if (dice < 600 + timeWeight) {
            pass();
        } else if (dice < 840) {
            member.want();
        } else if (dice < 900) {
            member.release();
        } else if (dice < 940) {
            member.renew();
        } else if (dice < 965) {
            member.requeue();
        } else if (dice < 975) {
            member.tick();
        } else if (dice < 975 + crashWeight) {
            Member other = members.get(random.nextInt(members.size()));
            if (other.node == null) {
                other.start();
            } else {
                other.crash();
            }
        }
    }

    private void deliverSome() {
        if (messages.isEmpty()) {
            return;
        }
        int size = messages.size();
        int dice = random.nextInt(10);
        int place = dice < newestWeight ? size - 1 : dice < 9 ? 0 : random.nextInt(size);
        Envelope envelope = random.nextInt(8) == 0 ? messages.get(place) : messages.remove(place);
        if (random.nextInt(lossOneIn) == 0) {
            log("lost %s", envelope);
            return;
        }
        deliver(envelope);
    }

    private void deliver(Envelope envelope) {
        for (Member member : members) {
            if (member.name.equals(envelope.to()) && member.node != null) {
                log("%s gets %s", member, envelope);
                member.node.receive(envelope, member.now());
                member.comeIfHinted();
            }
        }
    }

    private void pass() {
        tick++;
        log("tick %s", tick);
        for (Member member : members) {
            if (random.nextInt(5) > 0) {
                member.tick();
            }
        }
    }

    /** What must hold after every event. */
    @SuppressWarnings("ReferenceEquality") // each claim is a turn of its own
    private void check() {
        Member holder = null;
        for (Member member : members) {
            Claim claim = member.claim();
            if (claim == null || !claim.isHeld(member.now())) {
                continue;
            }
            if (holder != null) {
                throw new PeerViolation("two holders: " + holder + " and " + member);
            }
            holder = member;
            requireExclusion(member, claim);
            if (claim.base() < lastToken || claim.base() == lastToken && claim != member.seen) {
                throw new PeerViolation("the token does not rise: " + claim.base() + " after " + lastToken);
            }
            if (claim != member.seen) {
                member.seen = claim;
                count("grants");
                log("%s holds with base %s", member, claim.base());
                lastToken = claim.base();
                member.served = true;
            }
        }
    }

    /** Each voter whose grant is counted excludes others, unless it has lost its memory since. */
    private void requireExclusion(Member holder, Claim claim) {
        for (Member member : members) {
            Voter voter = member.node == null ? null : member.node.voter();
            if (voter == null || !voter.isIn()) {
                continue;
            }
            Vote vote = claim.vote(member.name);
            if (!claim.counts(vote)
                    || vote.echo == null
                    || vote.incarnation != member.incarnation
                    || holder.now().nanosSince(vote.echo) >= claim.authority()) {
                continue;
            }
            VoterRecord record = voter.record(SEAT);
            KnownLease lease = record == null ? null : record.lease(member.now());
            if (lease == null || !holder.process().equals(lease.owner())) {
                throw new PeerViolation(member + " does not exclude others from what " + holder + " holds");
            }
        }
    }

    private void send(ProcessId from, String to, long run, PeerMessage message) {
        if (!healed && messages.size() >= MOST_MESSAGES) {
            messages.remove(random.nextInt(messages.size()));
        }
        messages.add(new Envelope(from, to, run, fingerprint, message));
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    private void log(String format, @Nullable Object... what) {
        if (trace != null) {
            trace.append(String.format(format, what)).append('\n');
        }
    }

    private final class Member {

        final String name;
        private final long offset;
        private final long skewMicros;
        private long startedAt;
        private int incarnation;
        private HybridClock clock = new HybridClock();

        @Nullable
        PeerNode node;

        @Nullable
        Claim seen;

        private boolean hinted;
        private @Nullable Ticket ticket;
        private boolean served;

        Member(String name, long offset, long skewMicros) {
            this.name = name;
            this.offset = offset;
            this.skewMicros = skewMicros;
        }

        ProcessId process() {
            return new ProcessId(name, incarnation);
        }

        Moment now() {
            return new Moment(offset + (tick - startedAt) * TICK, tick * MICROS + skewMicros);
        }

        void start() {
            incarnation = setting.reusesIncarnations() ? 1 : incarnation + 1;
            startedAt = tick;
            clock = new HybridClock();
            ticket = null;
            seen = null;
            ProcessId self = process();
            node = new PeerNode(
                    self,
                    group,
                    times,
                    clock,
                    setting.way(),
                    rules,
                    (to, run, message) -> send(self, to, run, message),
                    resource -> hinted = true,
                    now());
            log("%s starts", this);
            node.tick(now());
        }

        void crash() {
            log("%s crashes", this);
            count("crashes");
            node = null;
            ticket = null;
            if (random.nextInt(3) > 0) {
                start();
            }
        }

        @Nullable
        Claim claim() {
            return node == null ? null : node.requester().claim(SEAT);
        }

        void want() {
            if (node != null && claim() == null) {
                ticket = new Ticket(clock.next(now().micros()), process());
                log("%s wants with %s", this, ticket);
                node.acquire(request(ticket), answer -> {}, now());
            }
        }

        void comeIfHinted() {
            if (hinted && node != null && ticket != null && claim() != null) {
                node.acquire(request(ticket), answer -> {}, now());
            }
            hinted = false;
        }

        void renew() {
            if (node != null && ticket != null && claim() != null) {
                log("%s renews", this);
                node.renew(request(ticket), answer -> {}, now());
            }
        }

        void release() {
            if (node != null && ticket != null && claim() != null) {
                log("%s releases", this);
                node.release(SEAT, ticket, random.nextInt(6) == 0 ? members.get(0).name : null, now());
            }
        }

        void requeue() {
            if (claim() != null) {
                release();
                want();
            }
        }

        /** In the healed phase: whoever holds has had its turn. */
        @SuppressWarnings("ReferenceEquality") // each claim is a turn of its own
        void letGo() {
            Claim claim = claim();
            if (claim != null && claim == seen || served && claim != null && !claim.isHeld()) {
                release();
            } else if (claim == null && !served) {
                want();
            }
        }

        String inWords() {
            if (node == null) {
                return this + " is down";
            }
            Claim claim = claim();
            Voter voter = node.voter();
            return this + (served ? " was served" : " was not served")
                    + (claim == null
                            ? ""
                            : ", has a claim that is due at " + (claim.due() - now().nanos())
                                    + (claim.isHeld() ? " held" : " wanted"))
                    + (voter == null ? "" : voter.isIn() ? ", has " + voter.size() + " records" : ", recovers")
                    + ", is due at " + (node.due() - now().nanos());
        }

        boolean isServed() {
            return served;
        }

        void tick() {
            if (node != null && (node.due() <= now().nanos() || !healed)) {
                node.tick(now());
            }
        }

        private LeaseRequest request(Ticket asked) {
            return new LeaseRequest(
                    SEAT, asked, Duration.ofNanos(times.longestGrant()), new Holder(asked.owner(), "walk"), now());
        }

        @Override
        public String toString() {
            return name + "/" + incarnation;
        }
    }
}
