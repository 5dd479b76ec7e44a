package io.coordination.peer;

import io.coordination.ProcessId;
import io.coordination.lock.Holder;
import io.coordination.lock.LeaseRequest;
import io.coordination.lock.Resource;
import io.coordination.lock.Ticket;
import io.coordination.time.HybridClock;
import io.coordination.time.Moment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Visits the states that three voters and two requesters can reach within bounds: every order of deliveries, with every
 * message lost or late, every moment for time to pass, to release, and for a voter to lose its memory. States are reached again by
 * doing everything from the beginning; they are told apart by what the machines remember and what is under way.
 */
final class Explore {

    private static final Resource SEAT = Resource.named("seat");
    private static final List<String> VOTERS = List.of("a", "b", "c");
    private static final List<String> REQUESTERS = List.of("p", "q");

    /**
     * How far it goes.
     *
     * @param asks acquisitions of each requester
     * @param ticks how often time passes
     * @param crashes how often the first voter loses its memory
     * @param leaseTicks how long a lease lasts
     * @param mostStates where it gives up
     */
    record Bounds(int asks, int ticks, int crashes, int leaseTicks, long mostStates) {}

    /** What it saw. */
    record Seen(
            long states,
            long transitions,
            int deepest,
            boolean complete,
            @Nullable String violation,
            List<String> path) {}

    private final Bounds bounds;
    private final Rules rules;
    private final PeerGroup group;
    private final PeerTimes times;
    private final long fingerprint;

    Explore(Bounds bounds, Rules rules) {
        this.bounds = bounds;
        this.rules = rules;
        long lease = bounds.leaseTicks * PeerWalk.TICK;
        this.group = new PeerGroup(VOTERS, Duration.ofNanos(lease), Duration.ofNanos(PeerWalk.TICK), true);
        // Requesters have no timers here: what they would ask again is a message that is late.
        this.times = new PeerTimes(lease, PeerWalk.TICK, 1_000, PeerWalk.TICK - 100, lease, PeerWalk.TICK, 100 * lease);
        this.fingerprint = group.fingerprint();
    }

    Seen run() {
        Set<Digest.Value> known = new HashSet<>();
        ArrayDeque<int[]> open = new ArrayDeque<>();
        open.push(new int[0]);
        known.add(new State().digest());
        long transitions = 0;
        int deepest = 0;
        while (!open.isEmpty()) {
            int[] path = open.pop();
            deepest = Math.max(deepest, path.length);
            int choices = replay(path).choices().size();
            for (int choice = 0; choice < choices; choice++) {
                State next = replay(path);
                next.choices().get(choice).run();
                transitions++;
                String violation = next.violation();
                if (violation != null) {
                    int[] whole = with(path, choice);
                    return new Seen(known.size(), transitions, deepest, false, violation, inWords(whole));
                }
                if (known.add(next.digest())) {
                    if (known.size() >= bounds.mostStates) {
                        return new Seen(known.size(), transitions, deepest, false, null, List.of());
                    }
                    open.push(with(path, choice));
                }
            }
        }
        return new Seen(known.size(), transitions, deepest, true, null, List.of());
    }

    private State replay(int[] path) {
        State state = new State();
        for (int choice : path) {
            state.choices().get(choice).run();
        }
        return state;
    }

    private List<String> inWords(int[] path) {
        State state = new State();
        List<String> words = new ArrayList<>();
        for (int choice : path) {
            Choice chosen = state.choices().get(choice);
            words.add(chosen.what());
            chosen.run();
        }
        return words;
    }

    private static int[] with(int[] path, int choice) {
        int[] longer = Arrays.copyOf(path, path.length + 1);
        longer[path.length] = choice;
        return longer;
    }

    private record Choice(String what, Runnable action) {
        void run() {
            action.run();
        }
    }

    private final class State {

        private final PeerNode[] voters = new PeerNode[VOTERS.size()];
        private final PeerNode[] requesters = new PeerNode[REQUESTERS.size()];
        private final HybridClock[] clocks = new HybridClock[REQUESTERS.size()];
        private final Ticket[] tickets = new Ticket[REQUESTERS.size()];
        private final int[] asked = new int[REQUESTERS.size()];
        private final @Nullable Claim[] held = new Claim[REQUESTERS.size()];
        private final Set<Envelope> messages = new LinkedHashSet<>();
        private final long[] incarnations = {1, 1, 1};
        private int tick;
        private int crashes;
        private long lastToken;
        private @Nullable String violation;

        State() {
            for (int i = 0; i < voters.length; i++) {
                startVoter(i);
            }
            for (int i = 0; i < requesters.length; i++) {
                clocks[i] = new HybridClock();
                requesters[i] = node(new ProcessId(REQUESTERS.get(i), 1), clocks[i]);
            }
            // The group has been there for long.
            tick += bounds.leaseTicks + 1;
            for (PeerNode voter : voters) {
                voter.tick(now());
            }
            tick = 0;
            messages.clear();
        }

        List<Choice> choices() {
            List<Choice> choices = new ArrayList<>();
            for (Envelope message : List.copyOf(messages)) {
                choices.add(new Choice(
                        "deliver " + message.message() + " from " + message.from() + " to " + message.to(), () -> {
                            messages.remove(message);
                            deliver(message);
                        }));
            }
            for (int i = 0; i < requesters.length; i++) {
                int who = i;
                Claim claim = requesters[who].requester().claim(SEAT);
                if (claim == null && asked[who] < bounds.asks) {
                    choices.add(new Choice(REQUESTERS.get(who) + " wants", () -> want(who)));
                } else if (claim != null) {
                    choices.add(new Choice(
                            REQUESTERS.get(who) + " releases",
                            () -> requesters[who].release(SEAT, tickets[who], null, now())));
                }
            }
            if (tick < bounds.ticks) {
                choices.add(new Choice("a tick", () -> {
                    tick++;
                    for (PeerNode voter : voters) {
                        voter.tick(now());
                    }
                }));
            }
            if (crashes < bounds.crashes) {
                choices.add(new Choice("a restarts", () -> {
                    crashes++;
                    incarnations[0]++;
                    startVoter(0);
                }));
            }
            return choices;
        }

        @Nullable
        String violation() {
            int holder = -1;
            for (int i = 0; i < requesters.length; i++) {
                Claim claim = requesters[i].requester().claim(SEAT);
                if (claim == null || !claim.isHeld(now())) {
                    continue;
                }
                if (holder >= 0) {
                    return "two holders";
                }
                holder = i;
                if (claim != held[i]) {
                    held[i] = claim;
                    if (claim.base() <= lastToken) {
                        return "the token does not rise";
                    }
                    lastToken = claim.base();
                }
            }
            return violation;
        }

        Digest.Value digest() {
            Digest digest = new Digest().add(tick).add(crashes).add(lastToken);
            for (PeerNode voter : voters) {
                digest.add(voter);
            }
            for (int i = 0; i < requesters.length; i++) {
                digest.add(requesters[i]).add(asked[i]).add(held[i] != null);
            }
            return digest.addBag(messages).value();
        }

        private Moment now() {
            // Times begin high enough that what lies before the beginning is not negative.
            long at = 1_000 + (long) tick;
            return new Moment(at * PeerWalk.TICK, at * 1_000);
        }

        private void want(int who) {
            asked[who]++;
            ProcessId self = new ProcessId(REQUESTERS.get(who), 1);
            tickets[who] = new Ticket(clocks[who].next(now().micros()), self);
            requesters[who].acquire(
                    new LeaseRequest(SEAT, tickets[who], group.longestGrant(), new Holder(self, "explore"), now()),
                    answer -> {},
                    now());
        }

        private void startVoter(int which) {
            voters[which] = node(new ProcessId(VOTERS.get(which), incarnations[which]), new HybridClock());
        }

        private PeerNode node(ProcessId self, HybridClock clock) {
            return new PeerNode(
                    self,
                    group,
                    times,
                    clock,
                    Recovery.Way.WAIT,
                    rules,
                    (to, run, message) -> messages.add(new Envelope(self, to, run, fingerprint, message)),
                    hinted -> {},
                    now());
        }

        private void deliver(Envelope message) {
            int voter = VOTERS.indexOf(message.to());
            PeerNode to = voter >= 0 ? voters[voter] : requesters[REQUESTERS.indexOf(message.to())];
            to.receive(message, now());
        }
    }
}
