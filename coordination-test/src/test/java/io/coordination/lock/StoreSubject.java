package io.coordination.lock;

import io.coordination.ProcessId;
import io.coordination.time.Moment;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/**
 * A store as {@link StoreSpecification} sees it: three processes with a ticket each, two resources, time that stands still.
 *
 * <p>Time stands still because a call acts as of when it read the clock. Where the clock moves between the reading and the
 * act, a lease may have been granted for a time that is over already: that is allowed, since its asker counts from an even
 * earlier reading, but no order of the calls explains it. The walks let time pass.
 */
@Param(name = "ticket", gen = IntGen.class, conf = "0:2")
@Param(name = "resource", gen = IntGen.class, conf = "0:1")
public class StoreSubject {

    static final Moment NOW = new Moment(1, 0);

    private static final Duration LEASE = Duration.ofSeconds(10);

    private static final List<Resource> RESOURCES = List.of(Resource.of("seat", "A-1"), Resource.of("seat", "A-2"));

    private static final List<Ticket> TICKETS = IntStream.range(0, 3)
            .mapToObj(i -> new Ticket(i, new ProcessId("process-" + i, 1)))
            .toList();

    private final LeaseStore store;

    /** The store in this JVM, which forgets empty records at every opportunity. */
    public StoreSubject() {
        this(new LocalLeaseStore(() -> NOW, 1));
    }

    StoreSubject(LeaseStore store) {
        this.store = store;
    }

    @Operation
    public String acquire(@Param(name = "ticket") int ticket, @Param(name = "resource") int resource) {
        Answer answer = new Answer();
        store.acquire(request(ticket, resource), answer::acquire);
        return answer.words;
    }

    @Operation
    public String renew(@Param(name = "ticket") int ticket, @Param(name = "resource") int resource) {
        Answer answer = new Answer();
        store.renew(request(ticket, resource), answer::renew);
        return answer.words;
    }

    @Operation
    public String release(@Param(name = "ticket") int ticket, @Param(name = "resource") int resource) {
        Answer answer = new Answer();
        store.release(RESOURCES.get(resource), TICKETS.get(ticket), answer::release);
        return answer.words;
    }

    private static LeaseRequest request(int ticket, int resource) {
        Ticket whose = TICKETS.get(ticket);
        return new LeaseRequest(RESOURCES.get(resource), whose, LEASE, new Holder(whose.owner(), "" + ticket), NOW);
    }

    /** The answer in the words of {@link StoreAnswers}; the store answers inside the call. */
    private static final class Answer {

        private String words = "no answer";

        void acquire(AcquireAnswer answer) {
            if (answer instanceof AcquireAnswer.Granted granted) {
                words = StoreAnswers.granted(granted.tokenBase(), granted.othersMayWait());
            } else if (answer instanceof AcquireAnswer.Busy busy) {
                String holder = busy.holder();
                words = StoreAnswers.busy(holder == null ? null : whose(holder));
            } else {
                words = answer.toString();
            }
        }

        void renew(RenewAnswer answer) {
            if (answer instanceof RenewAnswer.Renewed renewed) {
                words = StoreAnswers.renewed(renewed.othersMayWait());
            } else {
                words = answer instanceof RenewAnswer.NotHeld ? StoreAnswers.NOT_HELD : answer.toString();
            }
        }

        void release(ReleaseAnswer answer) {
            words = answer instanceof ReleaseAnswer.Released ? StoreAnswers.RELEASED : answer.toString();
        }

        private static int whose(String holder) {
            for (int i = 0; i < TICKETS.size(); i++) {
                if (holder.startsWith(TICKETS.get(i).owner().toString())) {
                    return i;
                }
            }
            throw new IllegalArgumentException(holder);
        }
    }
}
