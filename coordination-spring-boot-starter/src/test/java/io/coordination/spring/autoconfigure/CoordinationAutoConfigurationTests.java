package io.coordination.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.coordination.lock.AcquireAnswer;
import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.EndedLease;
import io.coordination.lock.Lease;
import io.coordination.lock.LeaseLoss;
import io.coordination.lock.LeaseRequest;
import io.coordination.lock.LeaseStore;
import io.coordination.lock.LocalLeaseStore;
import io.coordination.lock.LockManagerBuilder;
import io.coordination.lock.LockNotAcquiredException;
import io.coordination.lock.LockObserver;
import io.coordination.lock.LockOptions;
import io.coordination.lock.OnLost;
import io.coordination.lock.ReleaseAnswer;
import io.coordination.lock.RenewAnswer;
import io.coordination.lock.Resource;
import io.coordination.lock.Ticket;
import io.coordination.lock.WakeUps;
import io.coordination.runtime.SystemTimeSource;
import io.coordination.spring.actuate.CoordinationNode;
import io.coordination.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.EnableScheduling;

@ExtendWith(OutputCaptureExtension.class)
class CoordinationAutoConfigurationTests {

    private static final Resource SEAT = Resource.of("seat", "12");

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    CoordinationAutoConfiguration.class,
                    TaskExecutionAutoConfiguration.class,
                    TaskSchedulingAutoConfiguration.class));

    @Test
    void locksCanBeTakenWithoutAnySetting() {
        context.run(started -> {
            DistributedLockManager locks = started.getBean(DistributedLockManager.class);
            try (Lease lease = locks.acquire(SEAT)) {
                assertThat(lease.token().value()).isPositive();
            }
        });
    }

    @Test
    void leasesAreTakenInTheNameOfTheNode() {
        context.withPropertyValues("coordination.node-id=box-a").run(started -> {
            try (Lease lease = started.getBean(DistributedLockManager.class).acquire(SEAT)) {
                assertThat(lease.holder().process().nodeId()).isEqualTo("box-a");
            }
            assertThat(started.getBean(CoordinationNode.class))
                    .isEqualTo(new CoordinationNode("box-a", "local", "this JVM"));
        });
    }

    @Test
    void aNamedLockTakesFromAllLocksWhatItDoesNotSet() {
        context.withPropertyValues(
                        "coordination.locks.lease=45s",
                        "coordination.locks.maximum-hold=1m",
                        "coordination.locks.names.seat.lease=5s",
                        "coordination.locks.names.seat.on-lost=interrupt",
                        "coordination.locks.names.[Order.ship].renew=false")
                .run(started -> {
                    DistributedLockManager locks = started.getBean(DistributedLockManager.class);
                    LockOptions all = locks.optionsFor(Resource.named("other"));
                    assertThat(all)
                            .isEqualTo(LockOptions.defaults()
                                    .withLease(Duration.ofSeconds(45))
                                    .withMaximumHold(Duration.ofMinutes(1)));
                    assertThat(locks.optionsFor(SEAT))
                            .isEqualTo(all.withLease(Duration.ofSeconds(5)).withOnLost(OnLost.INTERRUPT));
                    assertThat(locks.optionsFor(Resource.named("Order.ship"))).isEqualTo(all.withRenew(false));
                });
    }

    @Test
    void aNamedLockMaySetEveryOption() {
        context.withPropertyValues(
                        "coordination.locks.names.seat.lease=1s",
                        "coordination.locks.names.seat.wait-at-most=0s",
                        "coordination.locks.names.seat.retry-interval=3ms",
                        "coordination.locks.names.seat.max-retries=4",
                        "coordination.locks.names.seat.maximum-hold=5s",
                        "coordination.locks.names.seat.on-lost=interrupt",
                        "coordination.locks.names.seat.renew=false")
                .run(started -> assertThat(
                                started.getBean(DistributedLockManager.class).optionsFor(SEAT))
                        .isEqualTo(new LockOptions(
                                Duration.ofSeconds(1),
                                Duration.ZERO,
                                Duration.ofMillis(3),
                                4,
                                Duration.ofSeconds(5),
                                OnLost.INTERRUPT,
                                false)));
    }

    @Test
    void aNameWithADotThatIsNotInBracketsIsRefused() {
        context.withPropertyValues("coordination.locks.names.order.ship.lease=5s")
                .run(failed -> assertThat(failed)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("coordination.locks.names.order.ship.lease")
                        .hasMessageContaining("\"[order.ship]\".lease"));
    }

    @Test
    void aLostLeaseIsAnApplicationEvent() {
        CompletableFuture<LeaseLoss> event = new CompletableFuture<>();
        context.withInitializer(application -> application.addApplicationListener(
                        ApplicationListener.forPayload((LeaseLoss loss) -> event.complete(loss))))
                .run(started -> {
                    DistributedLockManager locks = started.getBean(DistributedLockManager.class);
                    Lease lease = locks.acquire(SEAT, LockOptions.defaults().withMaximumHold(Duration.ofMillis(20)));
                    assertThat(event.get(30, TimeUnit.SECONDS).token()).isEqualTo(lease.token());
                });
    }

    @Test
    void withoutANodeIdTheMachineNamesTheNode() {
        context.run(
                started -> assertThat(started.getBean(CoordinationNode.class).id())
                        .isEqualTo(HostName.ofThisMachine(System.getenv())));
    }

    @Test
    void optionsAndLimitsComeFromTheProperties() {
        context.withPropertyValues("coordination.locks.lease=7s", "coordination.locks.maximum-resources=1")
                .run(started -> {
                    DistributedLockManager locks = started.getBean(DistributedLockManager.class);
                    assertThat(locks.optionsFor(SEAT))
                            .isEqualTo(LockOptions.defaults().withLease(Duration.ofSeconds(7)));
                    Lease held = locks.acquire(SEAT);
                    assertThatThrownBy(() -> locks.acquire(Resource.named("other")))
                            .isInstanceOfSatisfying(
                                    LockNotAcquiredException.class,
                                    e -> assertThat(e.reason()).isEqualTo(LockNotAcquiredException.Reason.FULL));
                    held.close();
                });
    }

    @Test
    void theWaitingLimitComesFromTheProperties() {
        context.withPropertyValues("coordination.locks.maximum-waiting=1").run(started -> {
            DistributedLockManager locks = started.getBean(DistributedLockManager.class);
            Lease held = locks.acquire(SEAT);
            CompletableFuture<Lease> first = locks.acquireAsync(SEAT, LockOptions.defaults());
            assertThatThrownBy(() -> locks.acquire(SEAT))
                    .isInstanceOfSatisfying(
                            LockNotAcquiredException.class,
                            e -> assertThat(e.reason()).isEqualTo(LockNotAcquiredException.Reason.FULL));
            first.cancel(false);
            held.close();
        });
    }

    @Test
    void aManagerOfTheApplicationTakesThePlaceOfOurs() {
        context.withUserConfiguration(OwnManager.class).run(started -> {
            assertThat(started).hasSingleBean(DistributedLockManager.class).doesNotHaveBean(LeaseStore.class);
            assertThat(started.getBean(DistributedLockManager.class)).isSameAs(started.getBean("ownManager"));
            assertThat(started.getBean(CoordinationNode.class).store()).isEqualTo("custom");
        });
    }

    @Test
    void aStoreOfTheApplicationArbitrates() {
        context.withUserConfiguration(OwnStore.class).run(started -> {
            RecordingStore store = started.getBean(RecordingStore.class);
            started.getBean(DistributedLockManager.class).acquire(SEAT).close();
            assertThat(store.asked).containsExactly(SEAT);
            assertThat(started.getBean(CoordinationNode.class).store()).isEqualTo("RecordingStore");
        });
    }

    @Test
    void wakeUpsOfTheApplicationAreHeard() {
        context.withUserConfiguration(OwnStore.class, OwnWakeUps.class)
                .run(started -> assertThat(started.getBean(RecordingWakeUps.class).subscribed)
                        .isTrue());
    }

    @Test
    void everyObserverOfTheApplicationIsTold() {
        context.withUserConfiguration(TwoObservers.class).run(started -> {
            started.getBean(DistributedLockManager.class).acquire(SEAT).close();
            assertThat(started.getBean("first", EndedLeases.class).seen).hasSize(1);
            assertThat(started.getBean("second", EndedLeases.class).seen).hasSize(1);
        });
    }

    @Test
    void twoStoresAreRefusedInWords() {
        context.withUserConfiguration(TwoStores.class).run(started -> {
            assertThat(started).hasFailed();
            assertThat(new SeveralLeaseStoresFailureAnalyzer().analyze(started.getStartupFailure()))
                    .satisfies(analysis -> {
                        assertThat(analysis.getDescription()).contains("one lease store", "- one", "- two");
                        assertThat(analysis.getAction()).contains("@Primary");
                    });
        });
    }

    @Test
    void twoStoresStopALazyApplicationAsWell(CapturedOutput output) {
        SpringApplication application = new SpringApplication(CoordinationAutoConfiguration.class, TwoStores.class);
        application.setWebApplicationType(WebApplicationType.NONE);

        assertThatThrownBy(() -> application.run("--spring.main.lazy-initialization=true"))
                .isInstanceOf(Exception.class);

        assertThat(output).contains("APPLICATION FAILED TO START", "one lease store");
    }

    @Test
    void ofTwoStoresThePrimaryOneArbitrates() {
        context.withUserConfiguration(OnePrimaryOfTwoStores.class).run(started -> {
            started.getBean(DistributedLockManager.class).acquire(SEAT).close();
            assertThat(started.getBean("one", RecordingStore.class).asked).isEmpty();
            assertThat(started.getBean("two", RecordingStore.class).asked).containsExactly(SEAT);
        });
    }

    @Test
    void oneLineWarnsThatCoordinationIsLimitedToThisJvm(CapturedOutput output) {
        context.run(started -> assertThat(output.toString().lines().filter(line -> line.contains("WARN")))
                .singleElement()
                .asString()
                .contains("limited to this JVM", "coordination.store=local"));
    }

    @Test
    void nobodyIsWarnedWhoChoseTheLocalStore(CapturedOutput output) {
        context.withPropertyValues("coordination.store=local")
                .run(started -> assertThat(output).doesNotContain("limited to this JVM"));
    }

    @Test
    void nobodyIsWarnedWhoHasAStore(CapturedOutput output) {
        context.withUserConfiguration(OwnStore.class)
                .run(started -> assertThat(output).doesNotContain("limited to this JVM"));
    }

    @Test
    void theExecutorAndTheSchedulerOfSpringBootStay() {
        context.withUserConfiguration(Scheduling.class).run(started -> {
            assertThat(started.getBeanNamesForType(Executor.class))
                    .containsExactlyInAnyOrder("applicationTaskExecutor", "taskScheduler");
            assertThat(started.getBeanNamesForType(TaskScheduler.class)).containsExactly("taskScheduler");
        });
    }

    @Test
    void callbacksRunOnVirtualThreadsWhereTheJdkHasThemAndTheApplicationEnablesThem() {
        context.withPropertyValues(
                        "spring.threads.virtual.enabled=true",
                        "coordination.locks.lease=50ms",
                        "coordination.locks.renew=false")
                .run(started -> {
                    CompletableFuture<Thread> callback = new CompletableFuture<>();
                    try (Lease lease =
                            started.getBean(DistributedLockManager.class).acquire(SEAT)) {
                        lease.onLost(loss -> callback.complete(Thread.currentThread()));
                        assertThat(callback.join().toString())
                                .startsWith(Runtime.version().feature() >= 21 ? "VirtualThread" : "Thread");
                    }
                });
    }

    @Test
    void leasesOutliveAPauseOfTheContext() {
        context.run(started -> {
            ConfigurableApplicationContext running = started.getSourceApplicationContext();
            DistributedLockManager locks = started.getBean(DistributedLockManager.class);
            running.stop();
            running.start();
            locks.acquire(SEAT).close();
        });
    }

    @Test
    void aClosedContextLeavesAManagerThatRefuses() {
        AtomicReference<DistributedLockManager> left = new AtomicReference<>();
        context.run(started -> left.set(started.getBean(DistributedLockManager.class)));

        assertThatThrownBy(() -> left.get().acquire(SEAT))
                .isInstanceOfSatisfying(
                        LockNotAcquiredException.class,
                        e -> assertThat(e.reason()).isEqualTo(LockNotAcquiredException.Reason.SHUT_DOWN));
    }

    @Test
    void noThreadOutlivesTheContextEvenIfALeaseIsNeverReleased() {
        context.withConfiguration(AutoConfigurations.of(LifecycleAutoConfiguration.class))
                .withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=20ms", "coordination.locks.lease=1s")
                .run(started -> {
                    started.getBean(DistributedLockManager.class).acquire(SEAT);
                    assertThat(coordinationThreads()).isNotEmpty();
                });

        await().until(() -> coordinationThreads().isEmpty());
    }

    private static List<String> coordinationThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("coordination"))
                .toList();
    }

    static final class RecordingStore implements LeaseStore {

        final List<Resource> asked = new CopyOnWriteArrayList<>();
        private final LocalLeaseStore local;

        RecordingStore(TimeSource time) {
            local = new LocalLeaseStore(time);
        }

        @Override
        public void acquire(LeaseRequest request, Consumer<? super AcquireAnswer> reply) {
            asked.add(request.resource());
            local.acquire(request, reply);
        }

        @Override
        public void renew(LeaseRequest request, Consumer<? super RenewAnswer> reply) {
            local.renew(request, reply);
        }

        @Override
        public void release(Resource resource, Ticket ticket, Consumer<? super ReleaseAnswer> reply) {
            local.release(resource, ticket, reply);
        }
    }

    static final class RecordingWakeUps implements WakeUps {

        volatile boolean subscribed;

        @Override
        public Subscription subscribe(Consumer<? super Resource> listener) {
            subscribed = true;
            return () -> {};
        }
    }

    static final class EndedLeases implements LockObserver {

        final List<EndedLease> seen = new CopyOnWriteArrayList<>();

        @Override
        public void ended(EndedLease ended) {
            seen.add(ended);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnManager {

        @Bean
        DistributedLockManager ownManager() {
            return new LockManagerBuilder().build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnStore {

        @Bean
        RecordingStore ownStore(TimeSource time) {
            return new RecordingStore(time);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnWakeUps {

        @Bean
        RecordingWakeUps ownWakeUps() {
            return new RecordingWakeUps();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoObservers {

        @Bean
        EndedLeases first() {
            return new EndedLeases();
        }

        @Bean
        EndedLeases second() {
            return new EndedLeases();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoStores {

        @Bean
        RecordingStore one() {
            return new RecordingStore(new SystemTimeSource());
        }

        @Bean
        RecordingStore two() {
            return new RecordingStore(new SystemTimeSource());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OnePrimaryOfTwoStores {

        @Bean
        RecordingStore one(TimeSource time) {
            return new RecordingStore(time);
        }

        @Bean
        @Primary
        RecordingStore two(TimeSource time) {
            return new RecordingStore(time);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableScheduling
    static class Scheduling {}
}
