package io.coordination.peer;

import io.coordination.ProcessId;
import io.coordination.peer.PeerMessage.KnownLease;
import io.coordination.peer.PeerMessage.Read;
import io.coordination.peer.PeerMessage.State;
import io.coordination.time.Moment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How a voter that has lost its memory comes to vote again: by reading from enough others what it may have granted, or by
 * waiting until all of that has run out, or, where it is allowed, by seeing that all voters start anew.
 */
class Recovery {

    /** Ways to come to vote again. */
    enum Way {
        /** By reading, or by waiting. */
        READ_OR_WAIT,
        /** By waiting only: the list of voters has changed, and those of the former list are not asked. */
        WAIT,
        /** By reading, waiting, or a cold start of all voters, of whom no process may have survived. */
        FRESH
    }

    final Membership member;
    private final Way way;
    private final Moment startedAt;

    private final Map<String, Answer> answers = new TreeMap<>();
    private boolean in;
    private @Nullable Map<String, Long> coldVector;
    private long attempt;
    private long nextRead;

    Recovery(Membership member, Way way, Moment now) {
        this.member = member;
        this.way = way;
        this.startedAt = now;
        this.nextRead = now.nanos();
        member.known().learn(member.node(), member.self().incarnation());
    }

    void told(ProcessId from, State state, Moment now) {
        if (!member.group().isVoter(from.nodeId())
                || from.nodeId().equals(member.node())
                || state.attempt() != attempt) {
            return;
        }
        Answer answer = answers.get(from.nodeId());
        if (answer == null || answer.incarnation != from.incarnation() || answer.attempt != state.attempt()) {
            answer = new Answer(from.incarnation(), state);
            answers.put(from.nodeId(), answer);
        }
        answer.add(state, now);
        endIfPossible(now);
    }

    void tick(Moment now) {
        endIfPossible(now);
        if (!in && nextRead <= now.nanos() && way != Way.WAIT) {
            nextRead = now.nanos() + member.times().retry();
            attempt++;
            for (String voter : member.group().voters()) {
                if (!voter.equals(member.node())) {
                    member.out().ask(voter, new Read(attempt));
                }
            }
        }
    }

    boolean isIn() {
        return in;
    }

    long due() {
        long byTime = startedAt.nanos() + quarantine();
        return way == Way.WAIT ? byTime : Math.min(byTime, nextRead);
    }

    @Nullable
    Map<String, Long> coldVector() {
        return coldVector;
    }

    /** The highest base that anybody can have drawn for what this voter has forgotten. */
    long floor(Moment now) {
        long floor = floorByTime(now);
        for (Answer answer : adoptable()) {
            floor = Math.max(floor, floorOf(answer));
        }
        return floor;
    }

    void adopt(ObjLongConsumer<KnownLease> lease) {
        for (Answer answer : adoptable()) {
            adoptIncarnations(answer.incarnations);
            answer.leases.forEach((told, until) -> lease.accept(told, until));
        }
    }

    // ---- rules

    void adoptIncarnations(Map<String, Long> told) {
        member.known().learn(told);
    }

    long quarantine() {
        return member.times().quarantine();
    }

    /** Enough to have one of every quorum that this voter may have been part of. */
    int enough() {
        return member.group().blocking();
    }

    /** An answer whose sender was replaced since, as another answer knows, may lack what the successor knows. */
    boolean isVoid(String node, Answer answer) {
        return answers.values().stream()
                .anyMatch(other -> other.incarnations.getOrDefault(node, Long.MIN_VALUE) > answer.incarnation);
    }

    boolean counts(Answer answer) {
        return !answer.recovering;
    }

    long floorOf(Answer answer) {
        return answer.floor;
    }

    /** Whoever waited relies on the clocks: nothing it forgot has a base above its own wall clock. */
    long floorByTime(Moment now) {
        return now.micros();
    }

    /** A base drawn by a clock that runs ahead may lie above this one's wall clock for so long. */
    long ageForClocks() {
        return member.times().clockDifference();
    }

    /** All voters were seen to start anew, in the same incarnations, and nobody else may hold anything. */
    boolean isColdStart(Moment now) {
        if (way != Way.FRESH
                || mayOthersHold()
                || now.nanos() - startedAt.nanos() < ageForClocks()
                || answers.size() < othersForColdStart()) {
            return false;
        }
        Map<String, Long> vector = vector();
        return answers.values().stream()
                .allMatch(answer -> answer.isComplete()
                        && (answer.recovering || answer.coldVector != null && isSame(answer.coldVector, vector)));
    }

    /** Whoever does not vote is not seen to start anew. */
    boolean mayOthersHold() {
        return member.group().workersMayAsk();
    }

    int othersForColdStart() {
        return member.group().voters().size() - 1;
    }

    boolean isSame(Map<String, Long> coldVector, Map<String, Long> vector) {
        return coldVector.equals(vector);
    }

    // ---- steps

    private void endIfPossible(Moment now) {
        if (in) {
            return;
        }
        answers.entrySet().removeIf(entry -> isVoid(entry.getKey(), entry.getValue()));
        if (way != Way.WAIT && adoptable().size() >= enough()) {
            in = true;
        } else if (isColdStart(now)) {
            in = true;
            coldVector = vector();
        } else if (now.nanos() - startedAt.nanos() >= quarantine()) {
            in = true;
        }
    }

    private List<Answer> adoptable() {
        List<Answer> complete = new ArrayList<>();
        answers.values().forEach(answer -> {
            if (answer.isComplete() && counts(answer)) {
                complete.add(answer);
            }
        });
        return complete;
    }

    private Map<String, Long> vector() {
        Map<String, Long> vector = new TreeMap<>();
        vector.put(member.node(), member.self().incarnation());
        answers.forEach((node, answer) -> vector.put(node, answer.incarnation));
        return vector;
    }

    /** What one other voter has told, as far as it has come. */
    static final class Answer {

        final long incarnation;
        final long attempt;
        final boolean recovering;
        final Map<String, Long> incarnations;
        final @Nullable Map<String, Long> coldVector;
        final long floor;

        /** With the end of each on the monotonic clock of the one that was told. */
        final Map<KnownLease, Long> leases = new LinkedHashMap<>();

        private final boolean[] parts;

        Answer(long incarnation, State state) {
            this.incarnation = incarnation;
            this.attempt = state.attempt();
            this.recovering = state.recovering();
            this.incarnations = state.standing().incarnations();
            this.coldVector = state.coldVector();
            this.floor = state.standing().floor();
            this.parts = new boolean[state.parts()];
        }

        void add(State state, Moment now) {
            if (state.part() < 0 || state.part() >= parts.length || parts[state.part()]) {
                return;
            }
            parts[state.part()] = true;
            state.leases()
                    .forEach(lease ->
                            leases.put(lease, now.nanos() + lease.remaining().toNanos()));
        }

        boolean isComplete() {
            for (boolean part : parts) {
                if (!part) {
                    return false;
                }
            }
            return true;
        }
    }
}
