package io.coordination.test.simulation;

import static io.coordination.test.simulation.SimulatedCluster.CLOCK_DIFFERENCE;
import static io.coordination.test.simulation.SimulatedCluster.LEASE;
import static io.coordination.test.simulation.SimulatedCluster.MILLIS;
import static io.coordination.test.simulation.SimulatedCluster.voter;
import static io.coordination.test.simulation.SimulatedCluster.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.lock.AcquireAnswer;
import io.coordination.lock.Holder;
import io.coordination.lock.LeaseRequest;
import io.coordination.lock.Resource;
import io.coordination.lock.Ticket;
import io.coordination.peer.Kept;
import io.coordination.peer.PeerLeaseStore;
import io.coordination.time.HybridClock;
import io.coordination.time.Moment;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What processes and voters keep in mind of resources. */
class PeerMemoryTests {

    /** A voter keeps what nobody wants for this long at least, and for twice as long at most. */
    private static final long KEEP = 2 * CLOCK_DIFFERENCE.toNanos();

    @Test
    void aMillionNamesUsedOnceLeaveNothingBehind() {
        SimulatedCluster cluster = SimulatedCluster.of(3, 0);
        PeerLeaseStore member = cluster.process(voter(1)).member;
        SimulatedMachine machine = cluster.process(voter(1)).machine;
        Holder holder = new Holder(cluster.process(voter(1)).id, "a test");
        HybridClock clock = new HybridClock();
        useOnce(cluster, 1_000_000, (name, served) -> {
            Moment now = machine.now();
            Ticket ticket = new Ticket(clock.next(now.micros()), holder.process());
            member.acquire(new LeaseRequest(name, ticket, LEASE, holder, now), answer -> {
                if (answer instanceof AcquireAnswer.Granted) {
                    member.release(name, ticket, done -> served.run());
                }
            });
        });
    }

    /** The same with all that a manager does beside: slower, and so for fewer. */
    @Test
    void namesThatManagersUseOnceLeaveNothingBehind() {
        SimulatedCluster cluster = SimulatedCluster.of(3, 0);
        useOnce(
                cluster,
                20_000,
                (name, served) -> cluster.process(voter(1))
                        .locks
                        .acquireAsync(name, SimulatedCluster.PATIENT)
                        .thenAccept(lease -> {
                            lease.close();
                            served.run();
                        }));
    }

    /** By a process that votes as well, which saves a third of the messages; these take no time. */
    private static void useOnce(SimulatedCluster cluster, int names, BiConsumer<Resource, Runnable> use) {
        cluster.withoutDelay();
        int[] served = {0};
        int most = 0;
        for (int name = 0; name < names; ) {
            use.accept(Resource.of("once", Integer.toString(name++)), () -> served[0]++);
            cluster.arriveAll();
            cluster.pass(MILLIS);
            most = Math.max(most, cluster.process(voter(2)).member.records());
        }
        assertThat(served[0]).isEqualTo(names);
        assertThat(most).as("records of a voter, at a name in each millisecond").isBetween((int) (KEEP / MILLIS), (int)
                (2 * KEEP / MILLIS));
        cluster.pass(2 * KEEP);
        assertNothingIsKept(cluster);
    }

    @Test
    void whatWasContendedForAndGivenUpLeavesNothingBehind() {
        SimulatedCluster cluster = SimulatedCluster.of(3, 20);
        List<Resource> seats = List.of(Resource.of("seat", "1"), Resource.of("seat", "2"), Resource.of("seat", "3"));
        for (Resource seat : seats) {
            Want holder = cluster.has(worker(1), seat);
            for (int i = 2; i <= 20; i++) {
                cluster.want(worker(i), seat, SimulatedCluster.PATIENT.withWaitAtMost(LEASE.multipliedBy(1 + i % 3)));
            }
            cluster.in(LEASE.toNanos() * 5, () -> holder.lease().close());
            cluster.pass(MILLIS * 100);
            assertThat(Kept.waiting(cluster.process(voter(1)).member, seat)).isEqualTo(19);
        }
        cluster.pass(LEASE.toNanos() * 6 + 2 * KEEP);
        assertNothingIsKept(cluster);
    }

    /** Also of those who died while they waited: their places in the queue end. */
    @Test
    void whoDiesLeavesNothingBehind() {
        SimulatedCluster cluster = SimulatedCluster.of(3, 10);
        Resource seat = Resource.named("seat");
        cluster.has(worker(1), seat);
        for (int i = 2; i <= 10; i++) {
            cluster.want(worker(i), seat);
        }
        cluster.pass(MILLIS * 500);
        for (int i = 1; i <= 10; i++) {
            cluster.crash(worker(i));
        }
        cluster.pass(LEASE.toNanos() * 3 + 2 * KEEP);
        assertNothingIsKept(cluster);
    }

    private static void assertNothingIsKept(SimulatedCluster cluster) {
        for (SimulatedProcess process : cluster.processes()) {
            assertThat(process.locks.locks()).as("locks of %s", process).isEmpty();
            assertThat(process.member.claims()).as("claims of %s", process).isZero();
            assertThat(process.member.records()).as("records of %s", process).isZero();
        }
    }
}
