package io.coordination.benchmarks.peers;

import com.hazelcast.core.Hazelcast;
import io.coordination.benchmarks.report.Machine;
import io.coordination.benchmarks.report.Page;
import io.coordination.benchmarks.report.Spread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;
import org.apache.zookeeper.ZooKeeper;
import org.redisson.Redisson;

/** Runs the contest, and weighs what the product says and keeps. */
public final class PeersSuite {

    private static final int ALL_CLIENTS = 8;
    private static final int MANY_NAMES = 1_000;

    private static final List<String> COLUMNS = List.of(
            "",
            "operations per second",
            "take, µs",
            "99th percentile",
            "give back, µs",
            "99th percentile",
            "take, in round trips",
            "the lease does as many times as much");

    private final int rounds;
    private final Duration iteration;

    public PeersSuite(int rounds, Duration iteration) {
        this.rounds = rounds;
        this.iteration = iteration;
    }

    public Page run() throws Exception {
        Quiet.please();
        Page page = new Page("Locks between instances");
        page.list(notes());
        try (Contest contest = new Contest(rounds, iteration)) {
            Map<Contestant, List<Trial>> alone = contest.load(1, 1);
            Map<Contestant, List<Trial>> contended = contest.load(ALL_CLIENTS, 1);
            Map<Contestant, List<Trial>> spread = contest.load(ALL_CLIENTS, MANY_NAMES);
            Map<Contestant, List<Latencies>> handOver = contest.handOver();
            page.table("One client, one name", COLUMNS, rows(alone));
            page.table("8 clients of 3 instances, one name", COLUMNS, rows(contended));
            page.table("8 clients of 3 instances, 1,000 names", COLUMNS, rows(spread));
            page.table(
                    "From the call that gives back at one instance until the call that takes returns at another",
                    List.of("", "µs", "99th percentile", "round trips"),
                    handOverRows(handOver));
            page.table(
                    "Goals",
                    List.of("", "goal", "measured", ""),
                    List.of(
                            atMost("take, one client, in round trips", 2, takeInRoundTrips(alone, Contestant.LEASE)),
                            atLeast("of Curator's throughput, one client", 3, against(alone, Contestant.CURATOR)),
                            atLeast("of Curator's throughput, contended", 5, against(contended, Contestant.CURATOR)),
                            atLeast("of Redisson's throughput, contended", 1, against(contended, Contestant.REDISSON)),
                            atMost("hand-over, in round trips", 2, inRoundTrips(handOver, Contestant.LEASE))));
        }
        traffic(page);
        page.table(
                "Bytes of heap, all ends together",
                List.of("", "bytes"),
                List.of(
                        List.of("a held lease: its holder, and three voters", Spread.number(Weights.perLease())),
                        List.of("a link: both its ends", Spread.number(Weights.perLink()))));
        return page;
    }

    private static List<String> notes() {
        return List.of(
                "ZooKeeper " + Machine.version(ZooKeeper.class) + ", Curator "
                        + Machine.version(InterProcessMutex.class)
                        + ", Redisson " + Machine.version(Redisson.class) + ", Hazelcast "
                        + Machine.version(Hazelcast.class)
                        + ". All in one JVM on the loopback but for Redis, which is a process of its own.",
                "A round trip is one message of " + RawEcho.BYTES
                        + " bytes, the size of an Ask as a STOMP frame, from the WebSocket of the JDK to that of Tomcat and back.",
                "The lease: a grant of 10 s of a majority of three voters, each with a link to each other, with a secret and without TLS. Tokens,"
                        + " renewal, and a queue in order of asking are part of it.",
                "Where several clients of one instance wait, the lease goes from one to the next of them without a message, each with a token of its"
                        + " own: eight times before another instance that waits gets its turn. `RedisLockRegistry` lets only one client of an"
                        + " instance ask; with the others each client asks for itself.",
                "ZooKeeper does not wait for the disk. It answers a write after a majority has it, as voters do.",
                "One Redis without replicas has an easier task: nothing is to agree with anything, and the lock is gone with it.",
                "Hazelcast's map grants by the owner of the partition and one backup: parts of a split cluster grant by themselves.",
                "The lock is given back at once. Without brackets: the middle of the rounds; in brackets: the least and the greatest"
                        + " round. Ratios are those of the same round.");
    }

    private static List<List<String>> rows(Map<Contestant, List<Trial>> trials) {
        List<List<String>> rows = new ArrayList<>();
        trials.forEach((contestant, own) -> rows.add(List.of(
                contestant.label(),
                words(own, Trial::perSecond),
                middle(own, Trial::take),
                middle(own, Trial::takeAtWorst),
                middle(own, Trial::giveBack),
                middle(own, Trial::giveBackAtWorst),
                takeInRoundTrips(trials, contestant).inWords(),
                against(trials, contestant).inWords())));
        return rows;
    }

    private static List<List<String>> handOverRows(Map<Contestant, List<Latencies>> all) {
        List<List<String>> rows = new ArrayList<>();
        all.forEach((contestant, own) -> rows.add(List.of(
                contestant == Contestant.LIMIT ? "one bare round trip after as long a pause" : contestant.label(),
                words(own, one -> Latencies.micros(List.of(one), 0.5)),
                middle(own, one -> Latencies.micros(List.of(one), 0.99)),
                inRoundTrips(all, contestant).inWords())));
        return rows;
    }

    private void traffic(Page page) throws Exception {
        List<Traffic.Sum> sums = new Traffic(iteration.multipliedBy(60)).measure();
        List<String> labels = List.of(
                "in a minute without any lock",
                "one client, for each lock",
                "8 clients that want one name, for each lock");
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < sums.size(); i++) {
            Traffic.Sum sum = sums.get(i);
            rows.add(List.of(
                    labels.get(i),
                    Spread.number(sum.frames()),
                    Spread.number(sum.messages()),
                    Spread.number(sum.bytes())));
        }
        page.table(
                "What three voters say, over all links and both ways",
                List.of("", "STOMP frames", "WebSocket messages", "bytes over TCP"),
                rows);
        page.paragraph(
                "Frames and messages are counted where a pipe writes them, bytes by a relay in front of each port,"
                        + " and without what goes on in idle times as well.");
    }

    private static Spread takeInRoundTrips(Map<Contestant, List<Trial>> all, Contestant own) {
        return ratios(all, own, Contestant.LIMIT, Trial::take);
    }

    private static Spread against(Map<Contestant, List<Trial>> all, Contestant peer) {
        return ratios(all, Contestant.LEASE, peer, Trial::perSecond);
    }

    private static Spread inRoundTrips(Map<Contestant, List<Latencies>> all, Contestant own) {
        return ratios(all, own, Contestant.LIMIT, one -> Latencies.micros(List.of(one), 0.5));
    }

    /** Round by round. */
    private static <T> Spread ratios(
            Map<Contestant, List<T>> all, Contestant one, Contestant other, ToDoubleFunction<T> value) {
        List<T> ones = Objects.requireNonNull(all.get(one));
        List<T> others = Objects.requireNonNull(all.get(other));
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ones.size(); round++) {
            ratios.add(value.applyAsDouble(ones.get(round)) / value.applyAsDouble(others.get(round)));
        }
        return Spread.of(ratios);
    }

    private static <T> String words(List<T> all, ToDoubleFunction<T> value) {
        return Spread.of(all.stream().mapToDouble(value).boxed().toList()).inWords();
    }

    private static <T> String middle(List<T> all, ToDoubleFunction<T> value) {
        return Spread.number(
                Spread.of(all.stream().mapToDouble(value).boxed().toList()).median());
    }

    private static List<String> atMost(String what, double goal, Spread measured) {
        return List.of(what, "≤ " + Spread.number(goal), measured.inWords(), met(measured.median() <= goal));
    }

    private static List<String> atLeast(String what, double goal, Spread measured) {
        return List.of(what, "≥ " + Spread.number(goal), measured.inWords(), met(measured.median() >= goal));
    }

    private static String met(boolean met) {
        return met ? "met" : "missed";
    }
}
