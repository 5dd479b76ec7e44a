package io.coordination.channel;

import io.coordination.ProcessId;
import io.coordination.channel.Frame.Accepted;
import io.coordination.channel.Frame.Acknowledged;
import io.coordination.channel.Frame.Hello;
import io.coordination.channel.Frame.Message;
import io.coordination.channel.Frame.Ping;
import io.coordination.channel.Frame.Pong;
import io.coordination.channel.Frame.Proof;
import io.coordination.channel.Frame.Refused;
import io.coordination.channel.Frame.Welcome;
import io.coordination.time.Moment;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One end of a pipe, from its opening to its end. Pure: time comes in with every event, {@link #next} says what is to be written,
 * {@link #due} when the next {@link #tick} is wanted. Not safe for several threads.
 */
final class Link {

    private static final long NANOS_PER_MICRO = 1_000;

    /** So often in a row a clock is found too far off before that is believed. */
    private static final int STRIKES = 3;

    private final Role role;
    private final String expected;
    private final LinkOwner owner;
    private final LinkTimes times;
    private final Duration maxClockDifference;
    private final Handshake handshake;
    private final Outgoing out;
    private final FrameRate rate;
    private LinkState state = LinkState.OPENING;
    private long deadline;
    private long nextPing;
    private long lastHeard;
    private int strikes;
    private @Nullable Duration roundTrip;
    private @Nullable Duration clockDifference;

    /** @param expected the node that is dialed; empty for whoever dials */
    Link(Role role, String expected, LinkIdentity own, LinkTimes times, LinkOwner owner, Moment now) {
        this.role = role;
        this.expected = expected;
        this.owner = owner;
        this.times = times;
        this.maxClockDifference = own.maxClockDifference();
        this.handshake = new Handshake(own);
        this.out = new Outgoing(times);
        this.rate = new FrameRate(times.framesPerSecond(), now);
        this.lastHeard = now.nanos();
        this.deadline = now.nanos() + times.greeting().toNanos();
    }

    // ---- from the pipe

    void opened(boolean certified, Moment now) {
        if (state != LinkState.OPENING) {
            return;
        }
        state = role == Role.DIALER ? LinkState.GREETED : LinkState.WAITING;
        try {
            handshake.requireProvable(certified);
        } catch (LinkRefusedException e) {
            refuse(e);
            return;
        }
        if (role == Role.DIALER) {
            out.say(handshake.hello(now));
        }
    }

    void received(Frame frame, Moment now) {
        if (state == LinkState.CLOSED) {
            return;
        }
        try {
            hear(frame, now);
        } catch (LinkRefusedException e) {
            refuse(e);
        }
    }

    void malformed(Cause cause, String reason) {
        refuse(new LinkRefusedException(cause, reason));
    }

    void closed(String reason) {
        if (state != LinkState.CLOSED) {
            out.clear();
            end(null, reason, false);
        }
    }

    void tick(Moment now) {
        if (state.isGreeting() && now.nanos() >= deadline) {
            refuse(new LinkRefusedException(
                    Cause.TOO_LATE,
                    "it did not show who it is within " + times.greeting().toSeconds() + " s."));
        } else if (state == LinkState.UP) {
            if (now.nanos() - lastHeard >= times.gone().toNanos()) {
                out.clear();
                end(null, "nothing was heard of it for " + times.gone().toSeconds() + " s.", false);
            } else if (now.nanos() >= nextPing) {
                nextPing = now.nanos() + times.ping().toNanos();
                out.say(new Ping(now.nanos()));
            }
        }
    }

    // ---- from this process

    /** Another link to the same process has taken its place. */
    void replaced() {
        closed("another link to the same node has taken its place.");
    }

    /** Says whether it was taken. */
    boolean offer(Lane lane, Destination destination, Body body) {
        return state == LinkState.UP && out.offer(lane, destination, body);
    }

    /** The process ends. */
    void goodbye(String reason) {
        if (state != LinkState.CLOSED) {
            out.last(new Refused(reason));
            end(null, reason, true);
        }
    }

    // ---- what it leaves

    /** What is to be written next; empty if nothing is. */
    List<Frame> next() {
        return out.next();
    }

    boolean isClosed() {
        return state == LinkState.CLOSED;
    }

    boolean isUp() {
        return state == LinkState.UP;
    }

    long due() {
        return state.isGreeting() ? deadline : state == LinkState.UP ? nextPing : Long.MAX_VALUE;
    }

    ProcessId process() {
        return handshake.process();
    }

    /** Of the protocol, agreed upon by the greetings. */
    int version() {
        return handshake.version();
    }

    LinkView view() {
        return new LinkView(
                handshake.process(),
                lastHeard,
                handshake.isSameGroup(),
                roundTrip,
                clockDifference,
                out.waiting(Lane.CONTROL),
                out.waiting(Lane.DATA));
    }

    // ---- steps

    private void hear(Frame frame, Moment now) throws LinkRefusedException {
        if (!rate.allows(now)) {
            throw new LinkRefusedException(
                    Cause.TOO_MANY, "it said more than " + times.framesPerSecond() + " frames in a second.");
        }
        if (!state.allows(frame)) {
            throw new LinkRefusedException(
                    Cause.MALFORMED,
                    "it said " + frame.getClass().getSimpleName() + " where a link is " + state.name() + ".");
        }
        lastHeard = now.nanos();
        if (frame instanceof Message message) {
            owner.message(message);
            if (message.lane() == Lane.DATA) {
                out.acknowledge(message.number());
            }
        } else if (frame instanceof Ping ping) {
            out.say(new Pong(ping.stamp(), now.micros()));
        } else if (frame instanceof Pong pong) {
            answered(pong, now);
        } else if (frame instanceof Acknowledged acknowledged) {
            if (!out.acknowledgedTo(acknowledged.number())) {
                throw new LinkRefusedException(Cause.MALFORMED, "it acknowledged what was not sent.");
            }
        } else if (frame instanceof Hello hello) {
            out.say(handshake.answer(hello, now));
            state = LinkState.WELCOMED;
        } else if (frame instanceof Welcome welcome) {
            out.say(handshake.answer(welcome, expected, now));
            state = LinkState.PROVED;
        } else if (frame instanceof Proof proof) {
            handshake.check(proof);
            owner.admit(handshake.process(), role);
            out.say(new Accepted());
            up(now);
        } else if (frame instanceof Accepted) {
            owner.admit(handshake.process(), role);
            up(now);
        } else if (frame instanceof Refused refused) {
            out.clear();
            end(null, refused.reason(), true);
        }
    }

    private void up(Moment now) {
        state = LinkState.UP;
        nextPing = now.nanos();
        owner.up();
    }

    private void answered(Pong pong, Moment now) throws LinkRefusedException {
        long trip = now.nanos() - pong.echo();
        if (trip < 0) {
            throw new LinkRefusedException(Cause.MALFORMED, "it answered a ping that was not sent.");
        }
        roundTrip = Duration.ofNanos(trip);
        long ahead = (pong.wallMicros() - now.micros()) * NANOS_PER_MICRO + trip / 2;
        clockDifference = Duration.ofNanos(ahead);
        strikes = Math.abs(ahead) - trip / 2 > maxClockDifference.toNanos() ? strikes + 1 : 0;
        if (strikes >= STRIKES) {
            throw new LinkRefusedException(
                    Cause.CLOCK,
                    "its clock has come to be " + ahead / 1_000_000 + " ms ahead, and "
                            + maxClockDifference.toMillis()
                            + " ms are allowed either way. Synchronise the clocks of the machines (NTP).");
        }
    }

    private void refuse(LinkRefusedException e) {
        if (state != LinkState.CLOSED) {
            out.last(new Refused(e.reason()));
            end(e.kind(), e.reason(), false);
        }
    }

    /** @param said whether one end has said that it goes */
    private void end(@Nullable Cause cause, String reason, boolean said) {
        state = LinkState.CLOSED;
        owner.ended(cause, reason, said);
    }
}
