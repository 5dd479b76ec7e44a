package io.coordination.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.process.Line.Kind;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Three processes under load and faults. Afterwards what they said, and what the database accepted, must fit together. */
@EnabledOnOs(OS.LINUX)
class ProcessTests {

    private static final String A = Cluster.NODES.get(0);
    private static final String B = Cluster.NODES.get(1);
    private static final String C = Cluster.NODES.get(2);
    private static final String SEAT = "0";

    private static Cluster cluster;
    private static History history;

    @BeforeAll
    static void startAll() {
        cluster = new Cluster("tests", 1);
        history = cluster.history();
        cluster.awaitProgress(Cluster.NODES);
    }

    @AfterEach
    void theHistoryHasNoFault() {
        cluster.heal();
        cluster.check();
        assertThat(history.violations()).isEmpty();
    }

    @AfterAll
    static void stopAll() {
        if (cluster != null) {
            System.out.println("processes: " + history.summary());
            cluster.close();
        }
    }

    @Test
    void theOthersGoOnAfterTheLeaseOfAHolderThatWasKilled() {
        Line held = hold(B);
        long killed = System.nanoTime();
        cluster.child(B).kill();

        cluster.await("another has the seat", () -> cluster.journal().lastToken(SEAT) > held.token());

        long granted = history.after(SEAT, held.token()).orElseThrow().granted;
        System.out.println("processes: what a killed holder had was granted again after "
                + TimeUnit.NANOSECONDS.toMillis(granted - killed) + " ms");

        cluster.start(B);
        cluster.awaitReady(B);
        cluster.awaitProgress(Cluster.NODES);
    }

    @Test
    void theLateWriteOfAHolderThatWasStoppedIsFencedOff() {
        Line held = hold(A);
        cluster.child(A).stop();
        cluster.await("another has written", () -> cluster.journal().lastToken(SEAT) > held.token());
        cluster.child(A).goOn();

        cluster.child(A).tell("write");

        Line write = cluster.child(A).answer(Kind.REJECTED);
        assertThat(write.token()).isEqualTo(held.token());
        assertThat(write.isHeld()).isFalse();
        cluster.await(
                "its loss is reported", () -> history.hold(SEAT, held.token()).isLost());
        cluster.child(A).tell("release");
        assertThat(cluster.child(A).answer(Kind.RELEASED).isHeld()).isFalse();
        cluster.awaitProgress(Cluster.NODES);
    }

    @Test
    void withoutAMajorityNothingIsAcquiredUntilItIsBack() {
        cluster.child(B).stop();
        cluster.child(C).stop();
        long lastLease = System.nanoTime() + Cluster.GRANT.toNanos();

        assertThat(awaitRefusal(A, lastLease))
                .contains("1 of 3 voters answered")
                .contains(B)
                .contains(C);
        assertThat(history.lastHeld(A)).isLessThan(lastLease);

        cluster.child(B).goOn();
        cluster.child(C).goOn();
        cluster.awaitProgress(Cluster.NODES);
    }

    @Test
    void aRollingRestartKeepsTheOthersGoing() {
        for (String node : Cluster.NODES) {
            List<String> others =
                    Cluster.NODES.stream().filter(other -> !other.equals(node)).toList();
            cluster.child(node).terminate();
            cluster.awaitProgress(others);
            cluster.start(node);
            cluster.awaitProgress(others);
            cluster.awaitReady(node);
        }
        cluster.awaitProgress(Cluster.NODES);
    }

    @Test
    void aLinkThatIsCutKeepsNobodyFromGoingOn() {
        cluster.wires().cut(A, B);

        cluster.awaitProgress(Cluster.NODES);

        cluster.wires().heal();
        cluster.awaitLinks();
        cluster.awaitProgress(Cluster.NODES);
    }

    @Test
    void aNodeThatNothingReachesHoldsNothingUntilItIsReachedAgain() {
        cluster.wires().silence(C);
        long lastLease = System.nanoTime() + Cluster.GRANT.toNanos();

        assertThat(awaitRefusal(C, lastLease))
                .contains("1 of 3 voters answered")
                .contains(A)
                .contains(B);
        assertThat(history.lastHeld(C)).isLessThan(lastLease);
        cluster.awaitProgress(List.of(A, B));

        cluster.wires().heal();
        cluster.awaitLinks();
        cluster.awaitProgress(Cluster.NODES);
    }

    /** Why a node was refused what it asked for after that time. */
    private static String awaitRefusal(String node, long since) {
        cluster.await(node + " is refused", () -> history.refusal(node, since).isPresent());
        return history.refusal(node, since).orElseThrow().words();
    }

    /** Has a node hold the seat, and nothing else, until it is told otherwise. */
    private static Line hold(String node) {
        cluster.child(node).tell("hold " + SEAT);
        return cluster.child(node).answer(Kind.GRANTED);
    }
}
