package io.coordination.peer;

import io.coordination.ProcessId;
import io.coordination.lock.Resource;
import io.coordination.lock.Ticket;
import io.coordination.time.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What members say to each other about leases. Stamps are readings of the clocks of whoever asks, strictly rising on its
 * monotonic clock; voters echo them and never compare them with their own. Lengths travel, instants do not.
 */
public sealed interface PeerMessage {

    /** What a requester tells a voter. */
    sealed interface OfRequester extends PeerMessage {

        Resource resource();

        Moment stamp();
    }

    /** What a voter tells a requester about a resource. */
    sealed interface OfVoter extends PeerMessage {

        Resource resource();

        /** The stamp of the message that this answers. */
        Moment echo();

        Standing standing();
    }

    /**
     * What comes with every answer of a voter.
     *
     * @param incarnations the newest incarnation that it knows of each voter, its own included
     * @param floor the highest base it has granted for the resource, or any that it no longer remembers
     */
    record Standing(Map<String, Long> incarnations, long floor) {}

    /**
     * I want the lease; I still want it; I hold it and it shall last on.
     *
     * @param base the token base the lease shall have
     * @param held whether the asker has a majority already
     * @param yield whether the asker gives back what this voter granted, and queues again
     */
    record Ask(Resource resource, Moment stamp, Ticket ticket, long base, Duration lease, boolean held, boolean yield)
            implements OfRequester {}

    /**
     * I hold nothing and want nothing any more.
     *
     * @param next the node that is to have it next, if it comes soon
     */
    record Free(Resource resource, Moment stamp, @Nullable String next) implements OfRequester {}

    /** The lease at this voter is yours. */
    record Grant(Resource resource, Moment echo, Standing standing, long base, boolean othersWait) implements OfVoter {}

    /**
     * It is not yours now; you have a place in the queue.
     *
     * @param remaining until the lease that is in the way runs out, unless it is prolonged
     * @param holder whose it is, for people
     * @param behindEarlier whether somebody with an earlier ticket has it or waits for it here
     */
    record Queued(
            Resource resource,
            Moment echo,
            Standing standing,
            Duration remaining,
            @Nullable ProcessId holder,
            boolean behindEarlier)
            implements OfVoter {}

    /** Your base is not above the floor: ask again with a higher one, and the same ticket. */
    record Stale(Resource resource, Moment echo, Standing standing) implements OfVoter {}

    /** Somebody waits for what I granted you; if that ticket is earlier and you have no majority yet, yield. */
    record Wanted(Resource resource, Moment echo, Standing standing, Ticket head) implements OfVoter {}

    /** I have lost my memory: note that I am another process now, and tell me what you know. */
    record Read(long attempt) implements PeerMessage {}

    /**
     * What a voter knows, for one that has lost its memory.
     *
     * @param attempt that of the {@link Read}
     * @param standing its floor is the highest over all resources
     * @param recovering whether this voter is not in itself
     * @param coldVector the incarnations with which it came in by a cold start; null if it did not
     * @param part which part of the answer this is, from 0
     * @param parts how many there are
     * @param leases those that have not run out
     */
    record State(
            long attempt,
            Standing standing,
            boolean recovering,
            @Nullable Map<String, Long> coldVector,
            int part,
            int parts,
            List<KnownLease> leases)
            implements PeerMessage {}

    /** A lease as one voter tells it to another. */
    record KnownLease(Resource resource, @Nullable ProcessId owner, Moment echo, Ticket ticket, Duration remaining) {}

    /** I do not listen to you, for this reason. For people; no state depends on it. */
    record Refused(String reason) implements PeerMessage {}
}
