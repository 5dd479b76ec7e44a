package io.coordination.peer;

import io.coordination.ProcessId;
import io.coordination.lock.LeaseRequest;
import io.coordination.lock.Resource;
import io.coordination.time.Moment;

/** The parts that the rules of the protocol are in: as shipped, or as a test weakens them to see that it notices. */
class Rules {

    VoterRecord record(Voter voter, Resource resource) {
        return new VoterRecord(voter, resource);
    }

    Recovery recovery(Membership member, Recovery.Way way, Moment now) {
        return new Recovery(member, way, now);
    }

    Claim claim(Requester requester, LeaseRequest request, Moment now) {
        return new Claim(requester, request, now);
    }

    /** A voter that reads is another process from now on: grants of the one before no longer count. */
    void note(Incarnations known, ProcessId reader) {
        known.learn(reader.nodeId(), reader.incarnation());
    }

    /** While its own voter has no memory, a process asks for nothing: a cold start relies on it. */
    boolean mayAsk(boolean ownVoterIsIn) {
        return ownVoterIsIn;
    }

    Incarnations incarnations(PeerGroup group) {
        return new Incarnations(group);
    }

    /** Majorities of two groups need not share a voter. */
    boolean isSameGroup(long one, long other) {
        return one == other;
    }

    boolean isTooLong(long lease, long longest) {
        return lease > longest;
    }

    /** A base above what is stored could be forgotten, and drawn again below it. */
    boolean isCovered(long base, long stored) {
        return base <= stored;
    }

    /** A list of voters that differs from the one before is not read from: its voters do not know what that one granted. */
    Recovery.Way wayAfterChange() {
        return Recovery.Way.WAIT;
    }

    /** Whether a wall clock that is so far ahead of the monotonic one, more than it was, tells of a machine that was away. */
    boolean wasAway(long lead, long difference) {
        return lead > difference;
    }

    /** The floor of what is forgotten is kept, for all resources together. */
    long fold(long floorOfAll, long floor) {
        return Math.max(floorOfAll, floor);
    }
}
