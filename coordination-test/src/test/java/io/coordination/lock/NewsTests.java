package io.coordination.lock;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.coordination.test.FaultyStore;
import io.coordination.test.FaultyStore.Fault;
import io.coordination.test.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What observers and the log are told. */
class NewsTests {

    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final LockOptions OPTIONS = LockOptions.defaults().withLease(LEASE);
    private static final Resource SEAT = Resource.named("seat");

    private final VirtualTime time = new VirtualTime();
    private final FaultyStore store = new FaultyStore(new LocalLeaseStore(time));
    private final List<String> news = new ArrayList<>();
    private final List<EndedLease> ended = new ArrayList<>();
    private final Logger log = (Logger) LoggerFactory.getLogger("io.coordination.lock");
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    private final DistributedLockManager locks = new LockManagerBuilder()
            .timeSource(time)
            .scheduler(time)
            .executor(Runnable::run)
            .store(store)
            .observer(new Recorder())
            .build();

    @BeforeEach
    void listen() {
        logged.start();
        log.addAppender(logged);
        log.setAdditive(false);
        log.setLevel(Level.WARN);
    }

    @AfterEach
    void listenNoMore() {
        log.setLevel(Level.OFF);
        log.setAdditive(true);
        log.detachAppender(logged);
    }

    @Test
    void observersAreToldOfWaitsAndHowTheyEnd() throws InterruptedException {
        Instant since = Instant.EPOCH.plusNanos(time.now().micros() * 1_000);
        Lease first = locks.acquire(SEAT, OPTIONS);
        CompletableFuture<Lease> second = locks.acquireAsync(SEAT, OPTIONS);
        CompletableFuture<Lease> impatient = locks.acquireAsync(SEAT, OPTIONS.withWaitAtMost(Duration.ofMillis(500)));
        CompletableFuture<Lease> leaving = locks.acquireAsync(SEAT, OPTIONS);
        assertThat(impatient).isNotDone();
        time.advance(Duration.ofMillis(500));
        leaving.cancel(true);
        first.close();
        second.join().close();

        assertThat(news)
                .containsExactly(
                        "acquired after PT0S",
                        "waiting",
                        "waiting",
                        "waiting",
                        "not acquired after PT0.5S of waiting: BUSY",
                        "not acquired after PT0.5S of waiting: null",
                        "ended",
                        "acquired after PT0.5S of waiting",
                        "ended");
        assertThat(ended.get(0))
                .isEqualTo(new EndedLease(SEAT, first.holder(), first.token(), since, Duration.ofMillis(500), null));
        assertThat(logged.list).isEmpty();
    }

    @Test
    void observersAndTheLogAreToldOfRiskAndLoss() throws InterruptedException {
        store.onRenew(Fault.REQUEST_LOST);
        Lease lease = locks.acquire(SEAT, OPTIONS);
        time.advance(LEASE);
        assertThat(lease.state()).isEqualTo(LeaseState.LOST);
        store.onRenew(Fault.SILENT);
        locks.acquire(Resource.named("other"), OPTIONS);
        time.advance(LEASE);

        assertThat(news).containsSubsequence("acquired after PT0S", "at risk", "lost: EXPIRED", "ended");
        assertThat(ended).extracting(EndedLease::loss).containsOnly(LeaseLoss.Reason.EXPIRED);
        assertThat(messages())
                .anyMatch(line -> line.contains("\"seat\"") && line.contains("at risk: its renewal failed"))
                .anyMatch(line -> line.contains("\"other\"") && line.contains("at risk: its renewal was not answered"))
                .anyMatch(line -> line.contains("\"seat\"") && line.endsWith("Its holder was " + lease.holder() + "."));
    }

    @Test
    void aLongHoldIsLoggedWithWhatToDo() throws InterruptedException {
        Lease lease = locks.acquire(SEAT, OPTIONS.withMaximumHold(Duration.ofSeconds(10)));
        time.advance(Duration.ofSeconds(6));
        assertThat(messages())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("\"seat\"", lease.holder().toString(), "PT10S", "raise maximum-hold"));
    }

    private List<String> messages() {
        return logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private final class Recorder implements LockObserver {

        @Override
        public void waiting(Resource resource) {
            news.add("waiting");
        }

        @Override
        public void acquired(Resource resource, FencingToken token, Duration waited, boolean contended) {
            news.add("acquired after " + waited + (contended ? " of waiting" : ""));
        }

        @Override
        public void notAcquired(
                Resource resource,
                Duration waited,
                boolean contended,
                LockNotAcquiredException.@Nullable Reason reason) {
            news.add("not acquired after " + waited + (contended ? " of waiting: " : ": ") + reason);
        }

        @Override
        public void atRisk(Resource resource, FencingToken token) {
            news.add("at risk");
        }

        @Override
        public void ended(EndedLease lease) {
            news.add("ended");
            ended.add(lease);
        }

        @Override
        public void lost(LeaseLoss loss) {
            news.add("lost: " + loss.reason());
        }
    }
}
