package io.coordination.lock;

import io.coordination.ProcessId;

/**
 * Who has a lease.
 *
 * @param process the process it was granted to
 * @param thread the name of the thread that asked for it, for people; a lease is not bound to a thread
 */
public record Holder(ProcessId process, String thread) {

    @Override
    public String toString() {
        return process + " (" + thread + ")";
    }
}
