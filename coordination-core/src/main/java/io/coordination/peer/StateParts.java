package io.coordination.peer;

import io.coordination.ProcessId;
import io.coordination.peer.PeerMessage.KnownLease;
import java.util.ArrayList;
import java.util.List;

/** Cuts the leases that a voter knows into parts that fit into messages, however long their names are. */
final class StateParts {

    /** Leases in one part. */
    static final int MOST_LEASES = 500;

    static final int LEAST_BYTES_OF_A_LEASE = 9;

    /** Bytes of the leases in one part; what comes before them fits into the rest of a message. */
    static final int MOST_BYTES = 48 * 1024;

    /** Leases of the longest names that are in a part at least, if it is not the last one. */
    static final int LEAST_LEASES = 20;

    /** Parts of one answer. */
    static final int MOST = Voter.MOST_RESOURCES / LEAST_LEASES;

    private StateParts() {}

    /** At least one, which may be empty. */
    static List<List<KnownLease>> of(List<KnownLease> leases, ProcessId from) {
        List<List<KnownLease>> parts = new ArrayList<>();
        int begin = 0;
        int bytes = 0;
        for (int i = 0; i < leases.size(); i++) {
            int more = PeerWire.size(leases.get(i), from);
            if (i - begin == MOST_LEASES || bytes + more > MOST_BYTES) {
                parts.add(List.copyOf(leases.subList(begin, i)));
                begin = i;
                bytes = 0;
            }
            bytes += more;
        }
        parts.add(List.copyOf(leases.subList(begin, leases.size())));
        return parts;
    }
}
