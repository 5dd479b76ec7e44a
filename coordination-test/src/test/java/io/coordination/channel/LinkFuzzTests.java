package io.coordination.channel;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * One honest end, and anything at all from the other: nothing is thrown, nobody who does not know the secret comes up, and what
 * waits to be said stays small. {@code -Dlink.conversations=N} has N conversations.
 */
class LinkFuzzTests {

    private static final int CONVERSATIONS = Integer.getInteger("link.conversations", 30_000);
    private static final Secret SECRET = Secret.of("a secret for tests only");
    private static final List<String> TEXTS = List.of(
            "", "1", "-1", "0", "a", "b", "tests", "group", "1,2", "99999999999999999999", "é\uD83D\uDE00", " ", ":");

    private final Moment start = new Moment(1_000_000, 1_700_000_000_000_000L);

    @Test
    void strangersNeverComeUpAndNothingIsThrown() {
        int refused = 0;
        for (int seed = 0; seed < CONVERSATIONS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Stranger stranger = new Stranger(random);
            boolean isDialer = random.nextBoolean();
            Owner owner = new Owner();
            Link link = new Link(
                    isDialer ? Role.DIALER : Role.ACCEPTOR,
                    "b",
                    own(isDialer ? "a" : "b"),
                    LinkTimes.DEFAULT,
                    owner,
                    start);
            if (random.nextInt(10) > 0) {
                link.opened(false, start);
            }
            Moment now = start;
            for (int i = random.nextInt(12); i >= 0; i--) {
                now = new Moment(now.nanos() + random.nextInt(2_000_000_000), now.micros() + random.nextInt(2_000_000));
                link.received(stranger.frame(), now);
                link.tick(now);
                assertThat(link.isUp()).as("up, seed " + seed).isFalse();
                assertThat(link.next()).as("said, seed " + seed).hasSizeLessThan(4);
            }
            assertThat(owner.delivered).as("delivered, seed " + seed).isZero();
            refused += link.isClosed() ? 1 : 0;
        }
        assertThat(refused).as("conversations that were refused").isGreaterThan(CONVERSATIONS / 2);
    }

    @Test
    void aMemberThatSaysAnythingIsHeardOrRefused() {
        int refused = 0;
        int heard = 0;
        for (int seed = 0; seed < CONVERSATIONS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Owner owner = new Owner();
            Link acceptor = new Link(Role.ACCEPTOR, "", own("b"), LinkTimes.DEFAULT, owner, start);
            Link dialer = new Link(Role.DIALER, "b", own("a"), LinkTimes.DEFAULT, new Owner(), start);
            acceptor.opened(false, start);
            dialer.opened(false, start);
            dialer.next().forEach(frame -> acceptor.received(frame, start));
            acceptor.next().forEach(frame -> dialer.received(frame, start));
            dialer.next().forEach(frame -> acceptor.received(frame, start));
            assertThat(acceptor.isUp()).isTrue();
            acceptor.next();
            Stranger member = new Stranger(random);
            for (int i = random.nextInt(20); i >= 0; i--) {
                acceptor.received(member.frame(), start);
                assertThat(acceptor.next()).as("said, seed " + seed).hasSizeLessThan(4);
            }
            refused += acceptor.isClosed() ? 1 : 0;
            heard += owner.delivered > 0 ? 1 : 0;
        }
        assertThat(refused).isPositive();
        assertThat(heard).isPositive();
    }

    private static LinkIdentity own(String node) {
        int[] drawn = {0};
        return new LinkIdentity(
                new ProcessId(node, 1),
                "tests",
                "group",
                SECRET,
                List.of(1),
                Duration.ofSeconds(1),
                () -> "nonce " + drawn[0]++);
    }

    /** Says frames that are half right at best: it knows everything but the secret. */
    private final class Stranger {

        private final SplittableRandom random;

        Stranger(SplittableRandom random) {
            this.random = random;
        }

        Frame frame() {
            return switch (random.nextInt(10)) {
                case 0, 1 -> new Hello(greeting());
                case 2 -> new Welcome(greeting(), proof());
                case 3 -> new Proof(proof());
                case 4 -> new Accepted();
                case 5 ->
                    new Message(random.nextInt(3), new Destination("talk"), Body.of(new byte[random.nextInt(100)]));
                case 6 -> new Acknowledged(random.nextLong());
                case 7 -> new Ping(random.nextLong());
                case 8 -> new Pong(random.nextLong(), random.nextLong());
                default -> new Refused(text());
            };
        }

        private Greeting greeting() {
            Map<String, String> fields = new TreeMap<>(Map.of(
                    "cluster", "tests",
                    "node", random.nextBoolean() ? "a" : "b",
                    "incarnation", "1",
                    "group", "group",
                    "versions", "1",
                    "clock", Long.toString(start.micros()),
                    "nonce", text() + "x"));
            List<String> names = new ArrayList<>(fields.keySet());
            for (int i = random.nextInt(4); i > 0; i--) {
                String name = names.get(random.nextInt(names.size()));
                if (random.nextBoolean()) {
                    fields.remove(name);
                } else {
                    fields.put(name, text());
                }
            }
            return Greeting.of(fields);
        }

        private String proof() {
            Secret wrong = Secret.of("some other secret of tests");
            return random.nextBoolean() ? text() : wrong.proof(Role.DIALER, greeting(), greeting());
        }

        private String text() {
            return TEXTS.get(random.nextInt(TEXTS.size()));
        }
    }

    private static final class Owner implements LinkOwner {

        private int delivered;

        @Override
        public void admit(ProcessId process, Role role) {}

        @Override
        public void up() {}

        @Override
        public void message(Message message) {
            delivered++;
        }

        @Override
        public void ended(@Nullable Cause cause, String reason, boolean said) {}
    }
}
