package io.coordination.lock;

import io.coordination.ProcessId;
import io.coordination.peer.Envelope;
import io.coordination.peer.PeerGroup;
import io.coordination.peer.PeerLeaseStore;
import io.coordination.peer.PeerLeaseStoreBuilder;
import io.coordination.peer.PeerMessage;
import io.coordination.test.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/**
 * One of three voters, on whose claims several threads call while the others answer inside the call, and a fourth process reads
 * what it knows, as after a restart. Time stands still once all vote.
 */
@Param(name = "ticket", gen = IntGen.class, conf = "0:2")
@Param(name = "resource", gen = IntGen.class, conf = "0:1")
public class PeerStoreSubject {

    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final ProcessId SELF = new ProcessId("a", 1);
    private static final List<Resource> RESOURCES = List.of(Resource.of("seat", "A-1"), Resource.of("seat", "A-2"));
    private static final List<Ticket> TICKETS =
            IntStream.range(0, 3).mapToObj(i -> new Ticket(i, SELF)).toList();

    private final VirtualTime time = new VirtualTime();
    private final PeerGroup group =
            new PeerGroup(List.of("a", "b", "c"), Duration.ofSeconds(10), Duration.ofSeconds(1), false);
    private final Map<String, PeerLeaseStore> voters = new ConcurrentHashMap<>();
    private final Map<Long, AtomicReference<PeerMessage.State>> readers = new ConcurrentHashMap<>();
    private final AtomicLong attempts = new AtomicLong();
    private final PeerLeaseStore store;

    public PeerStoreSubject() {
        for (String node : group.voters()) {
            voters.put(
                    node,
                    new PeerLeaseStoreBuilder(new ProcessId(node, 1), group, time, time, this::deliver)
                            .fresh(true)
                            .build());
        }
        voters.values().forEach(PeerLeaseStore::start);
        time.advance(Duration.ofSeconds(30));
        store = voters.get("a");
    }

    @Operation
    public String acquire(@Param(name = "ticket") int ticket, @Param(name = "resource") int resource) {
        AcquireAnswer answer = answered(reply -> store.acquire(request(ticket, resource), reply));
        // What was released while it was being acquired was granted, and given back.
        return answer instanceof AcquireAnswer.Busy ? "busy" : "granted";
    }

    @Operation
    public String renew(@Param(name = "ticket") int ticket, @Param(name = "resource") int resource) {
        RenewAnswer answer = answered(reply -> store.renew(request(ticket, resource), reply));
        return answer instanceof RenewAnswer.Renewed ? "renewed" : "not held";
    }

    @Operation
    public void release(@Param(name = "ticket") int ticket, @Param(name = "resource") int resource) {
        ReleaseAnswer unused = answered(reply -> store.release(RESOURCES.get(resource), TICKETS.get(ticket), reply));
    }

    /** What the voter would tell one that has lost its memory. */
    @Operation
    public String read() {
        long attempt = attempts.incrementAndGet();
        AtomicReference<PeerMessage.State> state = new AtomicReference<>();
        readers.put(attempt, state);
        store.receive(new Envelope(
                new ProcessId("b", 1), "a", Envelope.ANY, group.fingerprint(), new PeerMessage.Read(attempt)));
        while (state.get() == null) {
            Thread.onSpinWait();
        }
        TreeSet<String> leased = new TreeSet<>();
        state.get().leases().forEach(lease -> leased.add(lease.resource().key()));
        return leased.toString();
    }

    private void deliver(Envelope envelope) {
        if (envelope.message() instanceof PeerMessage.State state) {
            AtomicReference<PeerMessage.State> reader = readers.get(state.attempt());
            if (reader != null) {
                reader.set(state);
                return;
            }
        }
        PeerLeaseStore voter = voters.get(envelope.to());
        if (voter != null) {
            voter.receive(envelope);
        }
    }

    private LeaseRequest request(int ticket, int resource) {
        return new LeaseRequest(
                RESOURCES.get(resource), TICKETS.get(ticket), LEASE, new Holder(SELF, "" + ticket), time.now());
    }

    /** The answer may come from the thread that finds the store's effects to be run. */
    private static <A> A answered(Consumer<Consumer<A>> call) {
        AtomicReference<A> answer = new AtomicReference<>();
        call.accept(answer::set);
        while (answer.get() == null) {
            Thread.onSpinWait();
        }
        return answer.get();
    }
}
