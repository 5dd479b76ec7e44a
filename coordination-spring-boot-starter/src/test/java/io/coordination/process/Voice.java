package io.coordination.process;

import io.coordination.lock.Lease;
import io.coordination.process.Line.Kind;
import java.io.PrintStream;

/** What an instance says to whoever started it. Safe for any thread. */
final class Voice {

    private final PrintStream out;

    Voice(PrintStream out) {
        this.out = out;
    }

    void say(Line line) {
        out.println(line);
        out.flush();
    }

    void say(Kind kind, String words) {
        say(Line.of(kind, words));
    }

    /** Says something about a lease, and whether it is held by the judgement of its holder. */
    void say(Kind kind, Lease lease, long began, String words) {
        // Read before the lease is asked: what it says then was true at this time as well
        long at = System.nanoTime();
        long until = at + lease.remaining().toNanos();
        say(new Line(kind, lease.resource().key(), lease.token().value(), began, at, until, words));
    }
}
