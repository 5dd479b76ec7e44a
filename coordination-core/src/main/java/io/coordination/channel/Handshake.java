package io.coordination.channel;

import io.coordination.ProcessId;
import io.coordination.channel.Frame.Hello;
import io.coordination.channel.Frame.Proof;
import io.coordination.channel.Frame.Welcome;
import io.coordination.time.Moment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the two ends of one pipe find out whether they belong together. Each end's proof covers both greetings, and with them
 * a number that the other end has just drawn: what was said on one pipe is worth nothing on another.
 */
final class Handshake {

    private static final long MICROS_PER_MILLI = 1_000;

    private final LinkIdentity own;
    private @Nullable Greeting dialer;
    private @Nullable Greeting acceptor;
    private @Nullable Greeting theirs;
    private @Nullable ProcessId other;
    private int version;
    private Moment greeted = new Moment(0, 0);

    Handshake(LinkIdentity own) {
        this.own = own;
    }

    /** Whether the ends can prove anything to each other. */
    void requireProvable(boolean certified) throws LinkRefusedException {
        if (own.secret() == null && !certified) {
            throw new LinkRefusedException(
                    Cause.SECRET,
                    "it showed no certificate, and there is no secret. Set coordination.peers.secret,"
                            + " or coordination.peers.ssl.bundle and addresses that begin with wss.");
        }
    }

    // ---- the dialer

    Hello hello(Moment now) {
        greeted = now;
        dialer = greeting(now);
        return new Hello(dialer);
    }

    /** @param expected the node that should be there */
    Proof answer(Welcome welcome, String expected, Moment now) throws LinkRefusedException {
        Greeting hello = Objects.requireNonNull(dialer);
        acceptor = welcome.greeting();
        require(welcome.proof(), Role.ACCEPTOR);
        learn(acceptor);
        if (!process().nodeId().equals(expected)) {
            throw new LinkRefusedException(
                    Cause.IDENTITY,
                    "it is " + process().nodeId() + " and not " + expected
                            + ". Give each node its own address in coordination.peers.members.");
        }
        requireClock(acceptor, greeted, now);
        return new Proof(proof(Role.DIALER, hello, acceptor));
    }

    // ---- the acceptor

    Welcome answer(Hello hello, Moment now) throws LinkRefusedException {
        dialer = hello.greeting();
        acceptor = greeting(now);
        // Refused before anything is proved: nothing of this is a secret, and whoever configures it needs the reason.
        learn(dialer);
        requireClock(dialer, null, now);
        return new Welcome(acceptor, proof(Role.ACCEPTOR, dialer, acceptor));
    }

    void check(Proof proof) throws LinkRefusedException {
        require(proof.proof(), Role.DIALER);
    }

    // ---- what came of it

    /** The process at the other end. */
    ProcessId process() {
        return Objects.requireNonNull(other);
    }

    boolean isSameGroup() {
        return own.group().equals(Objects.requireNonNull(theirs).get(Greeting.GROUP));
    }

    /** The best version that both speak. */
    int version() {
        return version;
    }

    private int commonVersion(Greeting theirs) throws LinkRefusedException {
        TreeSet<Integer> common = versions(theirs);
        common.retainAll(own.versions());
        if (common.isEmpty()) {
            throw new LinkRefusedException(
                    Cause.VERSION,
                    "it speaks versions " + theirs.get(Greeting.VERSIONS)
                            + " of the protocol, and "
                            + own.self().nodeId() + " speaks " + own.versions()
                            + ". Update one release after another.");
        }
        return common.last();
    }

    // ---- steps

    private Greeting greeting(Moment now) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(Greeting.CLUSTER, own.cluster());
        fields.put(Greeting.NODE, own.self().nodeId());
        fields.put(Greeting.INCARNATION, Long.toString(own.self().incarnation()));
        fields.put(Greeting.GROUP, own.group());
        fields.put(
                Greeting.VERSIONS, own.versions().stream().map(String::valueOf).collect(Collectors.joining(",")));
        fields.put(Greeting.CLOCK, Long.toString(now.micros()));
        fields.put(Greeting.NONCE, own.nonces().get());
        return Greeting.of(fields);
    }

    private void learn(Greeting theirs) throws LinkRefusedException {
        this.theirs = theirs;
        String cluster = theirs.required(Greeting.CLUSTER);
        if (!cluster.equals(own.cluster())) {
            throw new LinkRefusedException(
                    Cause.CLUSTER,
                    "it is of cluster \"" + cluster + "\", and " + own.self().nodeId() + " of \"" + own.cluster()
                            + "\". Give all instances the same coordination.peers.cluster, or this one other members.");
        }
        other = theirs.process();
        theirs.required(Greeting.NONCE);
        version = commonVersion(theirs);
        if (process().nodeId().equals(own.self().nodeId())) {
            throw new LinkRefusedException(
                    Cause.IDENTITY,
                    "both ends are " + own.self().nodeId() + ", as " + process() + " and " + own.self()
                            + ". Give each instance its own coordination.node-id, and each node its own address.");
        }
    }

    private static TreeSet<Integer> versions(Greeting greeting) throws LinkRefusedException {
        TreeSet<Integer> versions = new TreeSet<>();
        for (String version : greeting.required(Greeting.VERSIONS).split(",", -1)) {
            try {
                versions.add(Integer.valueOf(version));
            } catch (NumberFormatException e) {
                throw new LinkRefusedException(Cause.MALFORMED, "its versions cannot be read.");
            }
        }
        return versions;
    }

    /**
     * Their clock was read after {@code asked} and before now. Where that is not known, only a clock that is ahead can be told
     * from a message that was long under way.
     */
    private void requireClock(Greeting theirs, @Nullable Moment asked, Moment now) throws LinkRefusedException {
        long clock;
        try {
            clock = Long.parseLong(theirs.required(Greeting.CLOCK));
        } catch (NumberFormatException e) {
            throw new LinkRefusedException(Cause.MALFORMED, "its clock cannot be read.");
        }
        long ahead = clock - now.micros();
        long behind = asked == null ? 0 : asked.micros() - clock;
        long most = own.maxClockDifference().toNanos() / 1_000;
        if (Math.max(ahead, behind) > most) {
            throw new LinkRefusedException(
                    Cause.CLOCK,
                    "its clock is " + inWords(ahead, behind) + " that of "
                            + own.self().nodeId() + ", and "
                            + own.maxClockDifference().toMillis()
                            + " ms are allowed. Synchronise the clocks of the machines"
                            + " (NTP), or raise coordination.peers.max-clock-difference on all instances.");
        }
    }

    private static String inWords(long ahead, long behind) {
        return ahead > behind ? ahead / MICROS_PER_MILLI + " ms ahead of" : behind / MICROS_PER_MILLI + " ms behind";
    }

    private String proof(Role whose, Greeting hello, Greeting welcome) {
        return own.secret() == null ? "" : own.secret().proof(whose, hello, welcome);
    }

    private void require(String proof, Role whose) throws LinkRefusedException {
        Greeting hello = Objects.requireNonNull(dialer);
        Greeting welcome = Objects.requireNonNull(acceptor);
        if (own.secret() != null && !own.secret().isProof(proof, whose, hello, welcome)) {
            throw new LinkRefusedException(
                    Cause.SECRET,
                    "it does not know the secret of " + own.self().nodeId()
                            + ". Give all instances the same coordination.peers.secret.");
        }
    }
}
