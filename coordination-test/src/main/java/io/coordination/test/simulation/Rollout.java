package io.coordination.test.simulation;

import io.coordination.peer.PeerGroup;
import io.coordination.peer.PeerState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** The list of voters that all members are to know, and which one each was started with. One voter comes or goes at a time. */
final class Rollout {

    private static final int FEWEST = 3;

    private final List<String> candidates;
    private final Map<String, List<String>> given = new HashMap<>();
    private List<String> voters;
    private List<String> previous;

    Rollout(List<String> candidates, int voters) {
        this.candidates = candidates;
        this.voters = candidates.subList(0, voters);
        this.previous = this.voters;
    }

    List<String> voters() {
        return voters;
    }

    boolean knows(PeerGroup group) {
        return group.voters().equals(voters);
    }

    List<String> listFor(String node, boolean rollsOut) {
        List<String> list = rollsOut ? voters : given.getOrDefault(node, voters);
        given.put(node, list);
        return list;
    }

    /** What is given as the list before, until the change is over. */
    List<String> previousOf(List<String> list) {
        return list.equals(voters) ? previous : list;
    }

    boolean isOver(Collection<SimulatedProcess> running) {
        return running.stream().allMatch(process -> knows(process.group) && process.member.state() == PeerState.READY);
    }

    /** The list before is taken out of the settings: who starts from now on may read again. */
    void settle() {
        previous = voters;
    }

    void next(SplittableRandom random) {
        previous = voters;
        List<String> changed = new ArrayList<>(voters);
        String one = candidates.get(random.nextInt(candidates.size()));
        if (!changed.remove(one)) {
            changed.add(one);
        }
        if (changed.size() >= FEWEST) {
            voters = List.copyOf(new TreeSet<>(changed));
        }
    }
}
