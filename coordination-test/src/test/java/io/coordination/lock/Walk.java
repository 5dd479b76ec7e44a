package io.coordination.lock;

import io.coordination.ProcessId;
import io.coordination.time.HybridClock;
import io.coordination.time.Moment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A random interleaving of everything that can happen to one resource: several processes that want, hold, give up, release and
 * crash; a store whose messages are delivered in any order, doubled or lost; time that passes in jumps, with processes that
 * sleep through it. One seed decides all. What must hold is checked after every event; at the end the faults stop and everybody
 * must be served. A tick is 25
 * milliseconds.
 */
final class Walk {

    /** What the walk runs: the rules as shipped, or with one of them weakened. */
    interface Rules {

        default ResourceLock lock(Resource resource, Tickets tickets, ArrayDeque<Effect> effects) {
            return new ResourceLock(resource, tickets, effects);
        }

        default LocalRecord record() {
            return new LocalRecord();
        }
    }

    static final class Violation extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String kind;

        Violation(String what, @Nullable Object... who) {
            super(String.format(what, who));
            this.kind = what.replaceAll("%s", "_");
        }

        /** What was violated, without saying by whom. */
        String kind() {
            return kind;
        }
    }

    private static final Resource SEAT = Resource.named("seat");
    private static final int PROCESSES = 3;
    private static final int STEPS = 300;
    private static final int[] LEASES = {20, 40};
    private static final Duration TICK = Duration.ofMillis(25);

    private final Random random;
    private final Rules rules;
    private final List<Member> processes = new ArrayList<>();
    private final List<Runnable> messages = new ArrayList<>();
    private final Set<Grant> seenOver = new HashSet<>();
    private final StringBuilder trace = new StringBuilder();
    private final Map<String, Integer> counts;
    private final HybridClock bases = new HybridClock();
    private LocalRecord record;
    private long tick = 1_000;
    private long lastToken;
    private int incarnations;
    private boolean healed;

    Walk(long seed, Rules rules, Map<String, Integer> counts) {
        this.random = new Random(seed);
        this.rules = rules;
        this.counts = counts;
        this.record = rules.record();
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(new Member(i));
        }
    }

    String trace() {
        return trace.toString();
    }

    void run() {
        for (int i = 0; i < STEPS; i++) {
            event();
            check();
        }
        heal();
    }

    private void event() {
        Member process = processes.get(random.nextInt(PROCESSES));
        int dice = random.nextInt(100);
        if (dice < 12) {
            process.want();
        } else if (dice < 22) {
            process.releaseHeld();
        } else if (dice < 26) {
            process.giveUpOne();
        } else if (dice < 66) {
            deliver();
        } else if (dice < 96) {
            pass(1 + random.nextInt(8));
        } else if (dice < 98) {
            process.wake();
        } else if (dice < 99) {
            process.asleepUntil = tick + 30;
            log("%s sleeps", process);
        } else {
            process.crash();
        }
    }

    /** Everything that was sent arrives, once; who holds lets go after a while; then nothing may be left. */
    private void heal() {
        healed = true;
        log("healed");
        for (int i = 0; i < 2_000; i++) {
            while (!messages.isEmpty()) {
                deliver();
                check();
            }
            pass(1);
            check();
            if (i % 5 == 0) {
                processes.forEach(Member::releaseHeld);
            }
            if (i > 100 && messages.isEmpty() && processes.stream().allMatch(one -> one.lock.isIdle())) {
                break;
            }
        }
        for (Member process : processes) {
            require(process.waiting.isEmpty(), "%s has waiters that were never settled", process);
            require(process.lock.isIdle(), "%s is not idle after healing", process);
            require(process.lock.due() == Long.MAX_VALUE, "%s still wants to be woken", process);
        }
        pass(200);
        require(record.isEmpty(now()), "the store still has a record");
    }

    private void deliver() {
        if (messages.isEmpty()) {
            return;
        }
        int oldestOrNewest = random.nextBoolean() ? 0 : messages.size() - 1;
        Runnable message = messages.get(random.nextInt(4) == 0 ? random.nextInt(messages.size()) : oldestOrNewest);
        if (healed || random.nextInt(8) > 0) {
            messages.remove(message);
        } else {
            count("duplicates");
        }
        message.run();
    }

    private void pass(int ticks) {
        for (int i = 0; i < ticks; i++) {
            tick++;
            for (Member process : processes) {
                if (process.lock.due() <= now().nanos() && (healed || tick >= process.asleepUntil)) {
                    process.lock.tick(now());
                    process.drain();
                    require(
                            process.waiting.stream().allMatch(waiter -> waiter.waitEnds() > now().nanos()),
                            "%s lets somebody wait beyond the end of the wait",
                            process);
                }
            }
        }
    }

    // ---- what must hold

    private void check() {
        Member holder = null;
        for (Member process : processes) {
            if (process.held != null && !process.holds()) {
                seenOver.add(process.held);
            }
            if (process.holds()) {
                require(!seenOver.contains(process.held), "a lease of %s was revived after its end", process);
                require(holder == null, "two holders: %s and %s", holder, process);
                holder = process;
            }
        }
    }

    private void require(boolean condition, String what, @Nullable Object... who) {
        if (!condition) {
            throw new Violation(what, who);
        }
    }

    private Moment now() {
        return new Moment(tick * TICK.toNanos(), 1_700_000_000_000_000L + tick * TICK.toNanos() / 1_000);
    }

    private void log(String what, @Nullable Object... who) {
        trace.append(tick).append("  ").append(String.format(what, who)).append('\n');
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    private boolean isLost() {
        return !healed && random.nextInt(12) == 0;
    }

    // ---- one process

    private final class Member implements Effect.World {

        final int number;
        final Set<Waiter> waiting = new LinkedHashSet<>();
        final Map<Waiter, String> settled = new HashMap<>();
        ArrayDeque<Effect> effects;
        ResourceLock lock;
        Holder holder;

        @Nullable
        Grant held;

        long asleepUntil;
        int life;

        Member(int number) {
            this.number = number;
            start();
        }

        private void start() {
            ProcessId id = new ProcessId("p" + number, incarnations++);
            holder = new Holder(id, "t");
            effects = new ArrayDeque<>();
            lock = rules.lock(SEAT, new Tickets(id, new HybridClock()), effects);
            waiting.clear();
            held = null;
            life++;
        }

        boolean holds() {
            return held != null && !held.isOver() && !held.tenure.isOver(now());
        }

        void want() {
            if (waiting.size() < 3) {
                LockOptions options = LockOptions.defaults()
                        .withLease(TICK.multipliedBy(LEASES[random.nextInt(5) == 0 ? 1 : 0]))
                        .withWaitAtMost(TICK.multipliedBy(random.nextInt(6) == 0 ? 0 : 10 + random.nextInt(200)))
                        .withRetryInterval(TICK.multipliedBy(3))
                        .withMaximumHold(TICK.multipliedBy(60 + random.nextInt(100)))
                        .withRenew(random.nextInt(4) > 0);
                Waiter waiter = lock.want(options, holder, now());
                log("%s wants with ticket %s, %s", this, waiter.ticket, options);
                waiting.add(waiter);
                count("wants");
                drain();
            }
        }

        void releaseHeld() {
            Grant grant = held;
            if (grant != null && grant.closeHandle()) {
                log("%s closes %s", this, grant.token());
                held = null;
                lock.released(grant, now());
                drain();
            }
        }

        void giveUpOne() {
            Waiter waiter =
                    waiting.stream().skip(waiting.size() / 2).findFirst().orElse(null);
            if (waiter != null) {
                log("%s gives up %s", this, waiter.ticket);
                lock.giveUp(waiter, now());
                drain();
            } else if (held != null && random.nextInt(2) == 0) {
                // An interrupt that meets a grant on its way: nobody takes a handle on it.
                log("%s gives up what it was granted", this);
                Grant grant = held;
                held = null;
                lock.giveUp(grant.waiter, now());
                drain();
                require(grant.isOver(), "%s keeps a grant that nobody wants", this);
            }
        }

        void wake() {
            lock.woken(now());
            drain();
        }

        void crash() {
            log("%s crashes", this);
            count("crashes");
            start();
        }

        void drain() {
            for (Effect effect = effects.poll(); effect != null; effect = effects.poll()) {
                effect.on(this);
            }
        }

        /** Hands over later what the store is asked, and later again what it says; either may get lost. */
        private <A> void exchange(
                String what, java.util.function.Supplier<A> atStore, A unknown, java.util.function.Consumer<A> reply) {
            int sender = life;
            java.util.function.Consumer<A> ifAlive = answer -> messages.add(() -> {
                if (life == sender) {
                    log("%s hears to %s: %s", this, what, answer);
                    reply.accept(answer);
                    drain();
                }
            });
            if (isLost()) {
                count("lost messages");
                if (random.nextBoolean()) {
                    ifAlive.accept(unknown);
                }
                return;
            }
            messages.add(() -> {
                A answer = atStore.get();
                log("store, asked to %s: %s", what, answer);
                if (isLost()) {
                    count("lost messages");
                    if (random.nextBoolean()) {
                        ifAlive.accept(unknown);
                    }
                } else {
                    ifAlive.accept(answer);
                }
            });
        }

        @Override
        public void ask(LeaseRequest request) {
            exchange(
                    "acquire " + request.ticket(),
                    () -> record.acquire(request, now(), bases),
                    new AcquireAnswer.Unknown(new IllegalStateException("lost")),
                    answer -> lock.answered(request, answer, now()));
        }

        @Override
        public void renew(LeaseRequest request) {
            count("renewals");
            exchange(
                    "renew " + request.ticket(),
                    () -> record.renew(request, now()),
                    new RenewAnswer.Unknown(new IllegalStateException("lost")),
                    answer -> lock.renewalAnswered(request, answer, now()));
        }

        @Override
        public void release(Resource resource, Ticket ticket) {
            exchange(
                    "release " + ticket,
                    () -> {
                        record.release(ticket, Walk.this::now);
                        if (random.nextInt(4) > 0) {
                            processes.forEach(process -> messages.add(process::wake));
                        }
                        return new ReleaseAnswer.Released();
                    },
                    new ReleaseAnswer.Unknown(new IllegalStateException("lost")),
                    answer -> lock.releaseAnswered(ticket, answer, now()));
        }

        @Override
        public void give(Grant grant) {
            settle(grant.waiter, "given " + grant.token());
            require(
                    waiting.stream().allMatch(waiter -> waiter.since.nanos() >= grant.waiter.since.nanos()),
                    "%s serves a later waiter before an earlier one",
                    this);
            require(grant.token().value() > lastToken, "token %s of %s does not rise", grant.token(), this);
            require(
                    grant.token().value() / FencingToken.BLOCK == 0
                            || lastToken < grant.token().value(),
                    "block");
            if (grant.token().value() / FencingToken.BLOCK == lastToken / FencingToken.BLOCK) {
                count("hand-overs");
            }
            count("grants");
            lastToken = grant.token().value();
            held = grant;
        }

        @Override
        public void refuse(Waiter waiter, Refusal refusal, Moment at) {
            settle(waiter, "refused " + refusal.reason());
            count("refusals");
        }

        @Override
        public void waiting(Waiter waiter) {
            require(!settled.containsKey(waiter), "%s is told to wait after it was settled", waiter.ticket);
        }

        @Override
        public void gaveUp(Waiter waiter, Moment at) {
            settle(waiter, "gave up");
        }

        @Override
        public void atRisk(Grant grant, @Nullable Throwable cause) {
            count("at risk");
        }

        @Override
        public void heldLong(Grant grant) {
            count("held long");
        }

        @Override
        public void ended(Grant grant) {
            log("%s: %s ended, loss %s", this, grant.token(), grant.loss());
            require(grant.isOver(), "a grant ended but does not say so");
            if (grant.loss() != null) {
                count("losses");
            }
            if (held == grant) {
                held = null;
            }
        }

        private void settle(Waiter waiter, String how) {
            log("%s: %s %s", this, waiter.ticket, how);
            waiting.remove(waiter);
            String before = settled.put(waiter, how);
            require(before == null, "%s settled twice: %s, then %s", waiter.ticket, before, how);
        }

        @Override
        public String toString() {
            return holder.process().toString();
        }
    }
}
