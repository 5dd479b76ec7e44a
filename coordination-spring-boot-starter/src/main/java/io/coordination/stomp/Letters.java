package io.coordination.stomp;

import io.coordination.channel.Cause;
import io.coordination.channel.Destination;
import io.coordination.channel.Frame;
import java.util.Set;
import org.springframework.messaging.simp.stomp.StompCommand;

/** What goes both ways: messages, pings, pongs and the dialer's refusal, in SEND frames one way and MESSAGE frames the other. */
final class Letters {

    static final String ROOT = "/coordination/";
    static final String ALL = ROOT + "*";
    static final String PROOF = ROOT + "proof";
    static final String NUMBER = "coordination-number";

    private static final String PING = ROOT + "ping";
    private static final String PONG = ROOT + "pong";
    private static final String REFUSED = ROOT + "refused";
    private static final String STAMP = "coordination-stamp";
    private static final String ECHO = "coordination-echo";
    private static final String WALL = "coordination-wall-micros";

    /** Not for receivers: these are frames of the link itself. */
    private static final Set<String> RESERVED = Set.of(PROOF, PING, PONG, REFUSED);

    private Letters() {}

    /**
     * A SEND or MESSAGE frame for this.
     *
     * @throws IllegalArgumentException if it is none of what goes both ways
     */
    static StompFrame written(StompCommand command, Frame frame) {
        StompFrame empty = StompFrame.of(command);
        if (frame instanceof Frame.Message message) {
            return message(empty, message);
        } else if (frame instanceof Frame.Ping ping) {
            return to(empty, PING).with(STAMP, ping.stamp());
        } else if (frame instanceof Frame.Pong pong) {
            return to(empty, PONG).with(ECHO, pong.echo()).with(WALL, pong.wallMicros());
        } else if (frame instanceof Frame.Refused refused) {
            return to(empty, REFUSED).withText(Words.cut(refused.reason(), Limits.REASON_CHARACTERS));
        }
        throw new IllegalArgumentException(
                "This end of a link never says " + frame.getClass().getSimpleName() + ".");
    }

    private static StompFrame message(StompFrame empty, Frame.Message message) {
        String destination = ROOT + message.destination();
        if (RESERVED.contains(destination)) {
            throw new IllegalArgumentException(
                    "No receiver is called \"" + message.destination() + "\": the name is reserved.");
        }
        StompFrame addressed = to(empty, destination).with(message.body());
        return message.number() == 0 ? addressed : addressed.with(NUMBER, message.number());
    }

    private static StompFrame to(StompFrame frame, String destination) {
        return frame.with("destination", destination);
    }

    /** What a SEND or MESSAGE frame says. */
    static Frame read(StompFrame frame) throws BadInputException {
        String destination = frame.name("destination");
        return switch (destination) {
            case PING -> new Frame.Ping(frame.number(STAMP));
            case PONG -> new Frame.Pong(frame.number(ECHO), frame.number(WALL));
            case REFUSED -> new Frame.Refused(frame.text());
            case PROOF -> throw BadInputException.malformed("Nothing is sent to " + PROOF + " here.");
            default ->
                new Frame.Message(
                        frame.header(NUMBER).isPresent() ? frame.countingNumber(NUMBER) : 0,
                        receiver(destination),
                        frame.body());
        };
    }

    private static Destination receiver(String destination) throws BadInputException {
        if (destination.startsWith(ROOT)) {
            try {
                return new Destination(destination.substring(ROOT.length()));
            } catch (IllegalArgumentException e) {
                throw unknown(destination);
            }
        }
        throw unknown(destination);
    }

    static BadInputException unknown(String destination) {
        return new BadInputException(
                Cause.DESTINATION,
                "There is no destination \"" + Words.printable(destination) + "\". Those here begin with " + ROOT
                        + ".");
    }
}
