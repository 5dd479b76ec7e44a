package io.coordination.channel;

import java.util.Objects;

/**
 * What the two ends of a pipe say to each other. The dialer says {@link Hello} first; the acceptor answers {@link Welcome}, with
 * which it proves that it knows the secret; the dialer answers {@link Proof}; with {@link Accepted} the link is up. Either end
 * may say {@link Refused} at any time and then closes.
 */
public sealed interface Frame {

    /** The dialer greets. */
    record Hello(Greeting greeting) implements Frame {
        public Hello {
            Objects.requireNonNull(greeting, "greeting");
        }
    }

    /**
     * The acceptor greets, and proves that it knows the secret.
     *
     * @param proof in base64; empty where there is no secret, but certificates
     */
    record Welcome(Greeting greeting, String proof) implements Frame {
        public Welcome {
            Objects.requireNonNull(greeting, "greeting");
            Objects.requireNonNull(proof, "proof");
        }
    }

    /**
     * The dialer proves that it knows the secret.
     *
     * @param proof in base64; empty where there is no secret, but certificates
     */
    record Proof(String proof) implements Frame {
        public Proof {
            Objects.requireNonNull(proof, "proof");
        }
    }

    /** The acceptor believes the dialer: messages may follow, both ways. */
    record Accepted() implements Frame {}

    /** This end does not go on, for this reason, and closes. For people. */
    record Refused(String reason) implements Frame {
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * Something for a receiver at the other end.
     *
     * @param number of data, from 1, to be acknowledged; 0 for control
     * @param destination which receiver, see {@link Destination}
     */
    record Message(long number, Destination destination, Body body) implements Frame {

        public Message {
            Objects.requireNonNull(destination, "destination");
            if (number < 0) {
                throw new IllegalArgumentException("A message number is not negative, but was " + number + ".");
            }
            Objects.requireNonNull(body, "body");
        }

        /** Which queue it took. */
        public Lane lane() {
            return number == 0 ? Lane.CONTROL : Lane.DATA;
        }
    }

    /** All data up to this number has been taken. */
    record Acknowledged(long number) implements Frame {}

    /**
     * Are you there?
     *
     * @param stamp a reading of the monotonic clock of whoever asks
     */
    record Ping(long stamp) implements Frame {}

    /**
     * I am here.
     *
     * @param echo the stamp of the ping
     * @param wallMicros the wall clock of whoever answers
     */
    record Pong(long echo, long wallMicros) implements Frame {}
}
