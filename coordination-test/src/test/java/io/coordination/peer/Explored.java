package io.coordination.peer;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link Explorer} has come to.
 *
 * @param rows all of them, those that were covered later included
 * @param pairs pairs of states of the requesters, at each time
 * @param kept those that stand for all
 * @param states for how many states the rows stand that were kept
 * @param deeds ways from one to another
 * @param grants deeds by which somebody came to hold it
 * @param handOvers those of them where the other one held it before
 * @param losses deeds by which somebody lost it
 * @param holding rows in which somebody holds it
 * @param ended rows in which somebody's lease has run out
 * @param cameIn states of a voter that has lost its memory and votes again
 * @param nodeStates states of both requesters and of a voter
 * @param seen in all rows: the tick, who holds it with which base, and the highest base
 * @param complete whether there is nothing left
 * @param path what led to the violation
 */
record Explored(
        long rows,
        long pairs,
        long kept,
        double states,
        long deeds,
        long grants,
        long handOvers,
        long losses,
        long holding,
        long ended,
        long cameIn,
        long nodeStates,
        Set<List<Long>> seen,
        boolean complete,
        @Nullable String violation,
        List<String> path) {}
