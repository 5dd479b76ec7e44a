package io.coordination.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coordination.annotation.WithLock;
import io.coordination.lock.Lease;
import io.coordination.lock.LeaseState;
import io.coordination.lock.LockNotAcquiredException;
import io.coordination.lock.LockOptions;
import io.coordination.lock.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Several instances in one JVM, over real WebSockets. */
class PeersTests {

    private static final LockOptions ONCE = LockOptions.defaults().withWaitAtMost(Duration.ZERO);
    private static final Resource SEAT = Resource.of("seat", "A-12");

    private final Instances instances = new Instances(Instance.class, WebApplicationType.NONE);

    @AfterEach
    void stopAll() {
        instances.close();
    }

    @Test
    void aLockHoldsAcrossAllInstances() throws Exception {
        instances.startAll();
        List<Long> tokens = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            for (String holder : Instances.VOTERS) {
                try (Lease lease = instances.locks(holder).acquire(SEAT)) {
                    tokens.add(lease.token().value());
                    for (String other : Instances.VOTERS) {
                        if (!other.equals(holder)) {
                            assertThatExceptionOfType(LockNotAcquiredException.class)
                                    .isThrownBy(() -> instances.locks(other).acquire(SEAT, ONCE));
                        }
                    }
                }
            }
        }
        assertThat(tokens).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void annotatedMethodsOfAllInstancesExcludeEachOther() throws Exception {
        instances.startAll();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Thread> buyers = new ArrayList<>();
        AtomicInteger sold = new AtomicInteger();
        for (ConfigurableApplicationContext instance : instances.all()) {
            for (int i = 0; i < 4; i++) {
                Thread buyer = new Thread(() -> {
                    for (int ticket = 0; ticket < 25; ticket++) {
                        instance.getBean(BoxOffice.class).sell(() -> {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            Thread.yield();
                            inside.decrementAndGet();
                            sold.incrementAndGet();
                        });
                    }
                });
                buyers.add(buyer);
                buyer.start();
            }
        }
        for (Thread buyer : buyers) {
            buyer.join();
        }

        assertThat(sold).hasValue(3 * 4 * 25);
        assertThat(most).hasValue(1);
    }

    @Test
    void oneInstanceLessIsNoHindranceAndTwoLessAre() throws Exception {
        instances.startAll();
        instances.stop("box-c");
        try (Lease lease = instances.locks("box-a").acquire(SEAT)) {
            assertThat(lease.state() == LeaseState.HELD).isTrue();
        }

        instances.stop("box-b");

        assertThatExceptionOfType(LockNotAcquiredException.class)
                .isThrownBy(() -> instances
                        .locks("box-a")
                        .acquire(SEAT, LockOptions.defaults().withWaitAtMost(Duration.ofSeconds(2))))
                .satisfies(e ->
                        assertThat(e.getCause()).hasMessageContaining("box-b").hasMessageContaining("box-c"));
    }

    @Test
    void anInstanceThatRestartsIsReadyAfterItHasReadFromTheOthers() throws Exception {
        instances.startAll();
        try (Lease lease = instances.locks("box-a").acquire(SEAT)) {
            instances.stop("box-b");
            instances.start("box-b");
            instances.awaitReady("box-b");
            assertThatExceptionOfType(LockNotAcquiredException.class)
                    .isThrownBy(() -> instances.locks("box-b").acquire(SEAT, ONCE));
            assertThat(lease.state() == LeaseState.HELD).isTrue();
        }
    }

    @Test
    void aWorkerTakesLocksWithoutAVote() throws Exception {
        instances.startAll();
        instances.start("worker-1", "--coordination.peers.role=worker");
        Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            try (Lease lease = instances.locks("worker-1").acquire(SEAT, ONCE)) {
                return lease.state() == LeaseState.HELD;
            }
        });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(excludeName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
    static class Instance {

        @Bean
        BoxOffice boxOffice() {
            return new BoxOffice();
        }
    }

    static class BoxOffice {

        @WithLock("box-office")
        void sell(Runnable sale) {
            sale.run();
        }
    }
}
