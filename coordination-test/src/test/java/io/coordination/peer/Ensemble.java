package io.coordination.peer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All nodes together, at one time: the requesters and what is known of the voters. A row of numbers stands for many states: those
 * of the requesters, with any of the states that each voter can be in ({@link VoterSets}). While a voter that has lost its memory
 * reads from the others, it depends on them: then its state is one number of its own, and what it was before is left as what it may
 * have sent. When it is in, it is again like the others.
 */
final class Ensemble {

    // What a row says.
    /** The state of the requester; the next is that of the other. */
    static final int REQUESTER = 0;

    /** The state of the voter {@code a} while it reads, or {@link #NONE}. */
    static final int REBORN = 2;

    /** The set of states of the first voter; then those of the others. */
    static final int VOTERS = 3;

    /** The highest base of all that were held. */
    static final int TOKEN = 6;

    /** The requester that held last, from 1; for counting only. */
    static final int HELD_BY = 7;

    static final int WIDTH = 8;

    static final int NONE = -1;

    private static final int REQUESTERS = 2;
    private static final int COUNT = 3;

    private final ExploreBounds bounds;
    private final Envelopes envelopes;
    private final LocalStates[] requesters = new LocalStates[REQUESTERS];
    private final LocalStates first;
    private final VoterSets[] voters = new VoterSets[COUNT];
    private final int[] naming = new int[COUNT];
    private final LongMap messagesOf = new LongMap();
    private final List<int[]> messages = new ArrayList<>();
    private final boolean reads;

    Ensemble(ExploreBounds bounds, Rules rules) {
        this.bounds = bounds;
        this.envelopes = new Envelopes(bounds.group().fingerprint());
        this.reads = bounds.way() != Recovery.Way.WAIT && bounds.crashes() > 0;
        for (int i = 0; i < REQUESTERS; i++) {
            requesters[i] = new LocalStates(ExploreBounds.REQUESTERS.get(i), bounds, rules, envelopes);
        }
        first = new LocalStates(ExploreBounds.VOTERS.get(0), bounds, rules, envelopes);
        // Voters that do the same share what is known of them, under the name of one.
        voters[0] = new VoterSets(first, !reads);
        voters[1] = reads
                ? new VoterSets(
                        new LocalStates(ExploreBounds.VOTERS.get(1), bounds.withCrashes(0), rules, envelopes), false)
                : voters[0];
        voters[2] = voters[1];
        for (int i = 0; i < COUNT; i++) {
            naming[i] = Envelopes.exchange(i, reads ? Math.min(i, 1) : 0);
        }
    }

    int[] first() {
        int[] row = new int[WIDTH];
        row[REBORN] = NONE;
        for (int i = 0; i < COUNT; i++) {
            row[VOTERS + i] = voters[i].first();
        }
        return row;
    }

    LocalStates node(int who) {
        return who == REBORN ? first : requesters[who];
    }

    Envelopes envelopes() {
        return envelopes;
    }

    VoterSets voter(int which) {
        return voters[which];
    }

    // ---- what can arrive

    /** What a voter may have sent to one of the nodes that have a number of their own. */
    int[] messages(int[] row, int from, int who) {
        int set = row[VOTERS + from];
        long key = (long) set << 8 | from << 4 | who;
        int place = messagesOf.get(key);
        if (place == LongMap.NONE) {
            place = messages.size();
            messagesOf.put(key, place);
            messages.add(Arrays.stream(voters[from].messages(set))
                    .map(one -> envelopes.renamed(one, naming[from]))
                    .filter(one -> isTo(one, who))
                    .toArray());
        }
        return messages.get(place);
    }

    private boolean isTo(int message, int who) {
        return who == REBORN ? envelopes.isToVoter(message, 0) : envelopes.isToRequester(message, who);
    }

    // ---- what changes a row

    /** It is seen that the voter has sent one of these. */
    void arrived(int[] row, int from, int[] messages) {
        int[] sent = new int[messages.length];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = envelopes.renamed(messages[i], naming[from]);
        }
        Arrays.sort(sent);
        row[VOTERS + from] = voters[from].filter(row[VOTERS + from], sent);
    }

    void sent(int[] row, int[] sent) {
        for (int to = 0; to < COUNT && sent.length > 0; to++) {
            int which = to;
            int[] more = Arrays.stream(sent)
                    .filter(one -> envelopes.isToVoter(one, which))
                    .map(one -> envelopes.renamed(one, naming[which]))
                    .toArray();
            if (more.length > 0) {
                row[VOTERS + to] = voters[to].add(row[VOTERS + to], more);
            }
        }
    }

    int[] afterTick(int[] row) {
        int[] next = row.clone();
        for (int i = 0; i < COUNT; i++) {
            next[VOTERS + i] = voters[i].tick(next[VOTERS + i]);
        }
        return next;
    }

    /** The first voter loses its memory, where that is an event of its own. */
    int @Nullable [] afterRestart(int[] row, int tick) {
        LocalStates.Step step = reads && row[REBORN] == NONE && !voters[0].hasRestarted(row[VOTERS])
                ? first.step(LocalStates.FIRST, LocalStates.RESTART, tick)
                : null;
        if (step == null) {
            return null;
        }
        int[] next = row.clone();
        next[REBORN] = step.next();
        next[VOTERS] = voters[0].restart(next[VOTERS]);
        return next;
    }

    /** The voter that was reading votes again; what it may have sent before is sent. */
    void comeIn(int[] row) {
        row[VOTERS] = voters[0].comeIn(row[VOTERS], row[REBORN]);
        row[REBORN] = NONE;
    }

    // ---- comparing rows

    /** Whether whatever can become of the other can become of this one; the requesters are in the same states. */
    boolean covers(int[] row, int[] other) {
        return row[TOKEN] >= other[TOKEN] && coversVoters(row, other);
    }

    boolean coversVoters(int[] row, int[] other) {
        for (int i = 0; i < COUNT; i++) {
            if (!voters[i].covers(row[VOTERS + i], other[VOTERS + i])) {
                return false;
            }
        }
        return true;
    }

    /** How many ways there are to rename the voters without a difference. */
    int renamings() {
        return reads ? Envelopes.KEEPING_FIRST : Envelopes.ALL;
    }

    int[] renamed(int[] row, int renaming) {
        int[] other = row.clone();
        for (int i = 0; i < REQUESTERS; i++) {
            other[REQUESTER + i] = requesters[i].renamed(row[REQUESTER + i], renaming);
        }
        if (row[REBORN] != NONE) {
            other[REBORN] = first.renamed(row[REBORN], renaming);
        }
        for (int i = 0; i < COUNT; i++) {
            other[VOTERS + Envelopes.renamedVoter(i, renaming)] = row[VOTERS + i];
        }
        return other;
    }

    /** In how many states the voters can be. */
    double combinations(int[] row) {
        double product = 1;
        for (int i = 0; i < COUNT; i++) {
            product *= voters[i].states(row[VOTERS + i]);
        }
        return product;
    }

    /** In how many states the nodes themselves were. */
    int nodeStates() {
        return requesters[0].size() + requesters[1].size() + first.size();
    }

    ExploreBounds bounds() {
        return bounds;
    }
}
