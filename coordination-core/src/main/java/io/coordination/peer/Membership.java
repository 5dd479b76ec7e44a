package io.coordination.peer;

import io.coordination.ProcessId;

/**
 * What every machine of one process refers to.
 *
 * @param known the newest incarnations that the process has heard of; it learns them from every answer
 * @param out takes what it says
 */
record Membership(ProcessId self, PeerGroup group, PeerTimes times, Incarnations known, Rules rules, Outbox out) {

    static Membership of(ProcessId self, PeerGroup group, PeerTimes times, Rules rules, Outbox out) {
        return new Membership(self, group, times, rules.incarnations(group), rules, out);
    }

    String node() {
        return self.nodeId();
    }
}
