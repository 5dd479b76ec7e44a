package io.coordination.process;

import io.coordination.lock.Lease;
import io.coordination.lock.LeaseState;
import io.coordination.lock.StaleTokenException;
import io.coordination.process.Line.Kind;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** What is done under a lease, and said of it. It never asks whether it is held before it writes: that is for the guard to say. */
record Turn(Voice voice, Ledger ledger, Lease lease, long asked, String words) {

    void begin() {
        voice.say(Kind.GRANTED, lease, asked, words);
        lease.onLost(loss -> {
            long now = System.nanoTime();
            voice.say(new Line(
                    Kind.LOST,
                    lease.resource().key(),
                    lease.token().value(),
                    now,
                    now,
                    now,
                    loss.reason().name()));
        });
    }

    void look() {
        voice.say(Kind.HELD, lease, asked, words);
    }

    void write() {
        long began = System.nanoTime();
        try {
            ledger.write(lease);
            voice.say(Kind.ACCEPTED, lease, began, words);
        } catch (StaleTokenException stale) {
            voice.say(Kind.REJECTED, lease, began, words);
        } catch (DataAccessException | TransactionException failure) {
            voice.say(Kind.FAILED, lease, began, String.valueOf(failure.getMessage()));
        }
    }

    void release() {
        long began = ending();
        lease.close();
        ended(began);
    }

    /** Says when it began to end; the caller releases after this. */
    long ending() {
        long began = System.nanoTime();
        voice.say(Kind.RELEASING, lease, began, words);
        return began;
    }

    /** After the release. */
    void ended(long began) {
        long at = System.nanoTime();
        boolean released = lease.state() == LeaseState.RELEASED;
        voice.say(new Line(
                Kind.RELEASED,
                lease.resource().key(),
                lease.token().value(),
                began,
                at,
                released ? at + 1 : at,
                words));
    }
}
