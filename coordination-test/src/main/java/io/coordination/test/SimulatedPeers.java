package io.coordination.test;

import io.coordination.ProcessId;
import io.coordination.lock.AcquireAnswer;
import io.coordination.lock.LeaseRequest;
import io.coordination.lock.LeaseStore;
import io.coordination.lock.ReleaseAnswer;
import io.coordination.lock.RenewAnswer;
import io.coordination.lock.Resource;
import io.coordination.lock.Ticket;
import io.coordination.lock.WakeUps;
import io.coordination.peer.Envelope;
import io.coordination.peer.PeerGroup;
import io.coordination.peer.PeerLeaseStore;
import io.coordination.peer.PeerLeaseStoreBuilder;
import io.coordination.time.Moment;
import io.coordination.time.Scheduler;
import io.coordination.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Three voters, and a member without a vote for each process that asks, in virtual time on a network without delay. What is
 * sent to a node that is not there is lost. Safe for several threads.
 */
public final class SimulatedPeers implements StoreUnderTest, LeaseStore, WakeUps {

    private static final List<String> VOTERS = List.of("voter-1", "voter-2", "voter-3");

    private final VirtualTime time = new VirtualTime();
    private final Map<String, PeerLeaseStore> members = new ConcurrentHashMap<>();
    private final List<Consumer<? super Resource>> listeners = new CopyOnWriteArrayList<>();
    private final PeerGroup group;

    /** @param longestGrant the longest lease that a voter grants */
    public SimulatedPeers(Duration longestGrant) {
        group = new PeerGroup(VOTERS, longestGrant, Duration.ofSeconds(1), true);
        // A machine that is suspended is that of those who ask: the voters run on others.
        for (String voter : VOTERS) {
            members.put(voter, member(new ProcessId(voter, 1), () -> {
                Moment now = time.now();
                return new Moment(now.nanos(), 1_700_000_000_000_000L + now.nanos() / 1_000);
            }));
        }
        members.values().forEach(PeerLeaseStore::start);
        time.advance(longestGrant.multipliedBy(2));
    }

    /** One voter is not there any more, as after a crash. */
    public void stopVoter(int number) {
        PeerLeaseStore stopped = members.remove(VOTERS.get(number));
        if (stopped != null) {
            stopped.close();
        }
    }

    @Override
    public LeaseStore store() {
        return this;
    }

    @Override
    public @Nullable WakeUps wakeUps() {
        return this;
    }

    @Override
    public TimeSource time() {
        return time;
    }

    @Override
    public Scheduler scheduler() {
        return time;
    }

    @Override
    public void pass(Duration duration) {
        time.advance(duration);
    }

    /** A voter excludes others for a little longer than a holder counts on it: clocks may run at different rates. */
    @Override
    public Duration slack() {
        return Duration.ofMillis(100);
    }

    // ---- each process has a member of its own

    @Override
    public void acquire(LeaseRequest request, Consumer<? super AcquireAnswer> reply) {
        memberOf(request.ticket()).acquire(request, reply);
    }

    @Override
    public void renew(LeaseRequest request, Consumer<? super RenewAnswer> reply) {
        memberOf(request.ticket()).renew(request, reply);
    }

    @Override
    public void release(Resource resource, Ticket ticket, Consumer<? super ReleaseAnswer> reply) {
        memberOf(ticket).release(resource, ticket, reply);
    }

    @Override
    public Duration longestLease() {
        return group.longestGrant();
    }

    @Override
    public Subscription subscribe(Consumer<? super Resource> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private PeerLeaseStore memberOf(Ticket ticket) {
        return members.computeIfAbsent(ticket.owner().nodeId(), node -> member(ticket.owner(), time));
    }

    private PeerLeaseStore member(ProcessId process, TimeSource clocks) {
        PeerLeaseStore member = new PeerLeaseStoreBuilder(process, group, clocks, time, this::deliver).build();
        WakeUps.Subscription unused =
                member.subscribe(resource -> listeners.forEach(listener -> listener.accept(resource)));
        return member;
    }

    private void deliver(Envelope envelope) {
        PeerLeaseStore to = members.get(envelope.to());
        if (to != null) {
            to.receive(envelope);
        }
    }
}
