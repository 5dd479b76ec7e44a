package io.coordination.lock;

import io.coordination.ProcessId;
import io.coordination.time.HybridClock;
import io.coordination.time.Moment;

/** Draws the tickets of one process: each later than all before it. */
record Tickets(ProcessId process, HybridClock clock) {

    Ticket next(Moment now) {
        return new Ticket(clock.next(now.micros()), process);
    }
}
