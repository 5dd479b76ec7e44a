package io.coordination.process;

import io.coordination.lock.LeaseLoss;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One lease, as its holder told of it. From the grant to {@link #end} it was held by the holder's own judgement, or would have
 * been had it been asked: a process that is stopped does not judge, but its lease is its own until the deadline it knew.
 */
final class Hold {

    /** Writes of a process that was killed may be committed a little later. */
    private static final long SETTLED = Duration.ofSeconds(2).toNanos();

    final Run run;
    final long token;
    final long asked;
    final long granted;

    private final boolean heldAtGrant;
    private long lastHeld;
    private long deadline;
    private boolean letGo;
    private @Nullable Line released;
    private @Nullable String lost;

    Hold(Run run, Line granted) {
        this.run = run;
        this.token = granted.token();
        this.asked = granted.began();
        this.granted = granted.at();
        this.heldAtGrant = granted.isHeld();
        this.lastHeld = granted.at();
        this.deadline = granted.until();
    }

    /** Says whether the guard has refused what was held before and after. */
    boolean heard(Line line) {
        if (line.isHeld() && line.kind() != Line.Kind.RELEASED) {
            lastHeld = Math.max(lastHeld, line.at());
            deadline = Math.max(deadline, line.until());
        }
        switch (line.kind()) {
            case RELEASING -> letGo = line.isHeld();
            case RELEASED -> released = line;
            case LOST -> lost = line.words();
            default -> {}
        }
        return line.kind() == Line.Kind.REJECTED && line.isHeld();
    }

    boolean wasEverHeld() {
        return heldAtGrant;
    }

    boolean isLost() {
        return lost != null;
    }

    /** Whether from that time on nothing was done under it any more, and nothing more will be said of it. */
    boolean wasOver(long time) {
        Long ended = run.endedAt();
        if (ended != null) {
            return time - ended > SETTLED;
        }
        return released != null && released.at() < time && (released.isHeld() || lost != null);
    }

    /** The last moment at which it surely was its own, by what is known by now. */
    long end() {
        Long killed = run.endedAt();
        if (letGo) {
            return lastHeld;
        }
        if (LeaseLoss.Reason.EXPIRED.name().equals(lost)) {
            return Math.max(lastHeld, deadline);
        }
        return lost == null && killed != null ? Math.max(lastHeld, Math.min(deadline, killed)) : lastHeld;
    }

    /** The release of a lease that was held to its end; null if it was lost, or never released. */
    @Nullable
    Line released() {
        return released != null && released.isHeld() ? released : null;
    }

    @Override
    public String toString() {
        return "token " + token + " of " + run + ", asked " + asked + ", granted " + granted + ", last held " + lastHeld
                + ", deadline " + deadline + (lost == null ? "" : ", lost " + lost)
                + (released == null ? "" : ", released " + released.began());
    }
}
