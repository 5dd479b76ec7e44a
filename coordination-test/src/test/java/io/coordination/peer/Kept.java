package io.coordination.peer;

import io.coordination.lock.Resource;
import java.lang.reflect.Field;

/** What a member keeps in mind, which no user can see. */
public final class Kept {

    private Kept() {}

    /** How many processes wait for the resource at its vote. */
    public static int waiting(PeerLeaseStore member, Resource resource) {
        Voter voter = node(member).voter();
        VoterRecord record = voter == null ? null : voter.record(resource);
        return record == null ? 0 : record.waiting();
    }

    private static PeerNode node(PeerLeaseStore member) {
        try {
            Field node = PeerLeaseStore.class.getDeclaredField("node");
            node.setAccessible(true);
            return (PeerNode) node.get(member);
        } catch (ReflectiveOperationException renamed) {
            throw new LinkageError(renamed.getMessage(), renamed);
        }
    }
}
