package io.coordination.peer;

import io.coordination.ProcessId;
import io.coordination.lock.Holder;
import io.coordination.lock.LeaseRequest;
import io.coordination.lock.Resource;
import io.coordination.lock.Ticket;
import io.coordination.peer.PeerMessage.KnownLease;
import io.coordination.peer.PeerWalkSetting.Also;
import io.coordination.time.HybridClock;
import io.coordination.time.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
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
    private final PeerTimes times;
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
    private final int rolloutWeight;

    /** What all members are to know, sooner or later. */
    private List<String> voters;

    private long tick = 1_000_000;
    private long lastToken;
    private boolean healed;

    PeerWalk(long seed, PeerWalkSetting setting, Rules rules, Map<String, Integer> counts, boolean traced) {
        this.random = new SplittableRandom(seed);
        this.setting = setting;
        this.times = setting.times();
        this.voters = setting.group().voters();
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
        this.rolloutWeight = setting.has(Also.ROLLOUTS) ? 5 + random.nextInt(40) : 0;
    }

    /** The difference between clocks that members agree on has to cover the lead of a hybrid clock over its wall clock too. */
    private long skewMicros() {
        int ticks = setting.clockTicks() + setting.strayTicks();
        long most = ticks * MICROS - LEAD;
        return Math.max(0, Math.min(most, random.nextInt(ticks + 1) * MICROS));
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
        members.stream()
                .filter(member -> member.node == null || !member.isRolledOut())
                .forEach(Member::start);
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
            count("simulated ms");
            members.forEach(Member::store);
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
        if (random.nextInt(1_000) < rolloutWeight) {
            rollOut();
            return;
        }
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
            } else if (setting.has(Also.SNAPSHOTS) && random.nextInt(2) == 0) {
                other.restore();
            } else {
                other.crash();
            }
        }
    }

    /** Restarts one that does not know the list of now; when all know it, and all voters are in, the list changes. */
    private void rollOut() {
        List<Member> behind =
                members.stream().filter(member -> !member.isRolledOut()).toList();
        if (!behind.isEmpty()) {
            Member next = behind.get(random.nextInt(behind.size()));
            next.node = null;
            next.start(true);
        } else if (isRolloutOver()) {
            List<String> changed = new ArrayList<>(voters);
            for (int change = 0; change < (setting.has(Also.LEAPS) ? 2 : 1); change++) {
                String one = setting.mostVoters()
                        .get(random.nextInt(setting.mostVoters().size()));
                if (!changed.remove(one)) {
                    changed.add(one);
                }
            }
            if (changed.size() > 1) {
                voters = setting.group(changed).voters();
                count("rollouts");
                log("voters shall be %s", voters);
            }
        }
    }

    private boolean isRolloutOver() {
        return members.stream()
                .allMatch(member ->
                        member.isRolledOut() && (setting.has(Also.HASTE) || member.node != null && member.node.isIn()));
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
                member.step((node, now) -> node.receive(envelope, now));
                member.comeIfHinted();
            }
        }
    }

    private void pass() {
        tick++;
        count("simulated ms");
        log("tick %s", tick);
        for (Member member : members) {
            if (random.nextInt(5) > 0) {
                member.tick();
            }
            if (healed || random.nextInt(3) == 0) {
                member.store();
            }
        }
    }

    /** What must hold after every event. */
    @SuppressWarnings("ReferenceEquality") // each claim is a turn of its own
    private void check() {
        Member holder = null;
        for (Member member : members) {
            Claim claim = member.claim();
            if (claim == null || !claim.isHeld(member.here())) {
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
            if (voter == null || !voter.isIn() || !holder.group.isVoter(member.name)) {
                continue;
            }
            Vote vote = claim.vote(member.name);
            if (!claim.counts(vote)
                    || vote.echo == null
                    || vote.incarnation != member.incarnation
                    || holder.here().nanosSince(vote.echo) >= claim.authority()) {
                continue;
            }
            VoterRecord record = voter.record(SEAT);
            KnownLease lease = record == null ? null : record.lease(member.here());
            if (lease == null || !holder.process().equals(lease.owner())) {
                throw new PeerViolation(member + " does not exclude others from what " + holder + " holds");
            }
        }
    }

    private void send(ProcessId from, String to, long run, long fingerprint, PeerMessage message) {
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
        private final WalkDisk disk = new WalkDisk();
        private long skewMicros;
        private long startedAt;

        /** For how long its monotonic clock has been set back. */
        private long setBack;

        private int incarnation;
        private HybridClock clock = new HybridClock();
        private PeerGroup group = setting.group();
        private List<Input> inputs = new ArrayList<>();
        private boolean mute;

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
            return new Moment(offset + (tick - startedAt - setBack) * TICK, tick * MICROS + skewMicros);
        }

        Moment here() {
            return node == null ? now() : node.here(now());
        }

        /** Whether it was started with the list of voters of now. */
        boolean isRolledOut() {
            return group.voters().equals(voters);
        }

        void start() {
            start(healed || random.nextInt(2) == 0);
        }

        /** @param rollsOut whether it is given the list of voters of now */
        void start(boolean rollsOut) {
            // Until every voter of the list is in, those that start wait: that is what previous-members is for.
            boolean changes = rollsOut && !isRolloutOver() && setting.has(Also.ROLLOUTS);
            group = rollsOut ? setting.group(voters) : group;
            incarnation = setting.has(Also.REUSED_INCARNATIONS) ? 1 : incarnation + 1;
            startedAt = tick;
            setBack = 0;
            skewMicros = setting.strayTicks() > 0 ? skewMicros() : skewMicros;
            inputs = new ArrayList<>();
            make(changes ? rules.wayAfterChange() : setting.way(), now());
            log("%s starts, with %s", this, group.voters());
            tick();
        }

        private void make(Recovery.Way way, Moment at) {
            clock = new HybridClock();
            ticket = null;
            seen = null;
            ProcessId self = process();
            if (random.nextInt(2) == 0) {
                disk.store();
            }
            disk.crash();
            PeerNode made = new PeerNode(
                    Membership.of(self, group, times, rules, (to, run, message) -> {
                        if (!mute) {
                            send(self, to, run, group.fingerprint(), message);
                        }
                    }),
                    clock,
                    way,
                    setting.has(Also.DATA_DIRECTORIES) ? disk.ceiling() : Ceiling.none(),
                    resource -> hinted = true,
                    at);
            inputs.add(new Input(at, (node, now) -> {}, way));
            node = made;
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

        /** As a machine that is set back to a snapshot: it has forgotten what came since, and its wall clock shows how long. */
        void restore() {
            long wall = now().micros();
            int kept = 0;
            while (kept < inputs.size() && wall - inputs.get(kept).at.micros() > (setting.clockTicks() + 1) * MICROS) {
                kept++;
            }
            if (kept == 0 || !group.isVoter(name)) {
                return;
            }
            count("snapshots");
            List<Input> again = inputs.subList(0, 1 + random.nextInt(kept));
            setBack += (now().nanos() - again.get(again.size() - 1).at.nanos()) / TICK;
            log("%s is set back by %s ticks", this, setBack);
            inputs = new ArrayList<>();
            mute = true;
            make(again.get(0).way, again.get(0).at);
            for (Input input : again.subList(1, again.size())) {
                inputs.add(input);
                input.what.accept(Objects.requireNonNull(node), input.at);
            }
            mute = false;
            tick();
            // Whoever acted for it before may have stopped since; whoever acts for it now asks first.
            Claim claim = claim();
            if (claim != null) {
                step((node, now) -> node.renew(request(claim.ticket(), now), answer -> {}, now));
            }
        }

        void store() {
            for (long bound : disk.store()) {
                step((node, now) -> node.ceilingRaised(bound, now));
            }
        }

        /** All that happens to a node goes through here, so that it can happen again. */
        void step(BiConsumer<PeerNode, Moment> what) {
            if (node != null) {
                if (setting.has(Also.SNAPSHOTS)) {
                    inputs.add(new Input(now(), what, setting.way()));
                }
                what.accept(node, now());
            }
        }

        @Nullable
        Claim claim() {
            return node == null ? null : node.requester().claim(SEAT);
        }

        void want() {
            if (node != null && claim() == null) {
                Ticket drawn = new Ticket(clock.next(now().micros()), process());
                ticket = drawn;
                log("%s wants with %s", this, ticket);
                step((node, now) -> node.acquire(request(drawn, now), answer -> {}, now));
            }
        }

        void comeIfHinted() {
            Ticket drawn = ticket;
            if (hinted && drawn != null && claim() != null) {
                step((node, now) -> node.acquire(request(drawn, now), answer -> {}, now));
            }
            hinted = false;
        }

        void renew() {
            Ticket drawn = ticket;
            if (drawn != null && claim() != null) {
                log("%s renews", this);
                step((node, now) -> node.renew(request(drawn, now), answer -> {}, now));
            }
        }

        void release() {
            Ticket drawn = ticket;
            if (drawn != null && claim() != null) {
                log("%s releases", this);
                String next = random.nextInt(6) == 0 ? members.get(0).name : null;
                step((node, now) -> node.release(SEAT, drawn, next, now));
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
                            : ", has a claim that is due at " + (claim.due() - here().nanos())
                                    + (claim.isHeld() ? " held" : " wanted"))
                    + (voter == null ? "" : voter.isIn() ? ", has " + voter.size() + " records" : ", recovers")
                    + ", is due at " + (node.due() - now().nanos());
        }

        boolean isServed() {
            return served;
        }

        void tick() {
            if (node != null && (node.due() <= now().nanos() || !healed)) {
                step(PeerNode::tick);
            }
        }

        private LeaseRequest request(Ticket asked, Moment now) {
            Duration lease = Duration.ofNanos(times.longestGrant() + setting.overlongTicks() * TICK);
            return new LeaseRequest(SEAT, asked, lease, new Holder(asked.owner(), "walk"), now);
        }

        @Override
        public String toString() {
            return name + "/" + incarnation;
        }
    }

    private record Input(Moment at, BiConsumer<PeerNode, Moment> what, Recovery.Way way) {}
}
