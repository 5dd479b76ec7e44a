package io.coordination.spring.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.coordination.annotation.WithLock;
import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.Lease;
import io.coordination.lock.LeaseLostException;
import io.coordination.lock.LockStatus;
import io.coordination.lock.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

@Tag("aop")
class TransactionTests {

    private static final Resource SALE = Resource.named("sale");

    @Test
    void whoeverGetsTheLockNextSeesWhatWasCommittedUnderIt() {
        LockContext.withDatabaseAnd(TransactionsFirst.class, Sales.class).run(app -> {
            Sales sales = prepared(app);
            DistributedLockManager locks = app.getBean(DistributedLockManager.class);
            CompletableFuture<?>[] next = new CompletableFuture<?>[1];
            sales.sell(() -> {
                next[0] = CompletableFuture.supplyAsync(sales::soldUnderTheLock);
                await().until(() ->
                        locks.locks().stream().mapToInt(LockStatus::waiting).sum() == 1);
            });
            assertThat(next[0].join()).isEqualTo(1);
        });
    }

    @Test
    void theLockIsTakenBeforeTheTransactionBeginsAndReleasedAfterItHasCompleted() {
        LockContext.withDatabaseAnd(TransactionsFirst.class, Probe.class, Sales.class)
                .run(app -> {
                    Sales sales = prepared(app);
                    DistributedLockManager locks = app.getBean(DistributedLockManager.class);
                    List<Resource> heldAtTheEnd = new ArrayList<>();
                    sales.sellProbed(() ->
                            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                                @Override
                                public void afterCompletion(int status) {
                                    locks.locks().forEach(lock -> heldAtTheEnd.add(lock.resource()));
                                }
                            }));
                    assertThat(heldAtTheEnd).containsExactly(Resource.of("probed", "before the transaction"));
                });
    }

    @Test
    void aTransactionUnderALostLeaseIsNotCommitted() {
        LockContext.withDatabaseAnd(JumpingTime.class, Sales.class).run(app -> {
            Sales sales = prepared(app);
            JumpingTime time = app.getBean(JumpingTime.class);
            DistributedLockManager locks = app.getBean(DistributedLockManager.class);
            assertThatThrownBy(() ->
                            sales.sellBriefly(() -> time.lose(locks.current().orElseThrow())))
                    .isInstanceOf(LeaseLostException.class);
            assertThat(sales.sold()).isZero();
        });
    }

    @Test
    void everyLeaseAroundTheTransactionIsChecked() {
        LockContext.withDatabaseAnd(JumpingTime.class, Sales.class, Office.class)
                .run(app -> {
                    Sales sales = prepared(app);
                    JumpingTime time = app.getBean(JumpingTime.class);
                    DistributedLockManager locks = app.getBean(DistributedLockManager.class);
                    assertThatThrownBy(() -> app.getBean(Office.class).briefly(() -> {
                                Lease outer = locks.current().orElseThrow();
                                sales.sellForLong(() -> time.lose(outer));
                            }))
                            .isInstanceOf(LeaseLostException.class);
                    assertThat(sales.sold()).isZero();
                });
    }

    @Test
    void aLeaseThatTheApplicationTookItselfIsChecked() {
        LockContext.withDatabaseAnd(JumpingTime.class, Sales.class).run(app -> {
            Sales sales = prepared(app);
            JumpingTime time = app.getBean(JumpingTime.class);
            DistributedLockManager locks = app.getBean(DistributedLockManager.class);
            assertThatThrownBy(() -> locks.run(
                            Resource.named("own"),
                            lease -> transaction(app).executeWithoutResult(status -> {
                                sales.insert();
                                time.lose(lease);
                            })))
                    .isInstanceOf(LeaseLostException.class);
            assertThat(sales.sold()).isZero();
        });
    }

    @Test
    void aCallFromWithinATransactionKeepsTheLockUntilThatHasCompleted() {
        LockContext.withDatabaseAnd(JumpingTime.class, Sales.class).run(app -> {
            Sales sales = prepared(app);
            JumpingTime time = app.getBean(JumpingTime.class);
            DistributedLockManager locks = app.getBean(DistributedLockManager.class);
            transaction(app).executeWithoutResult(status -> {
                sales.sell(() -> {});
                assertThat(locks.locks()).hasSize(1);
                assertThat(locks.current()).map(Lease::resource).contains(SALE);
                sales.sell(() -> {});
            });
            assertThat(locks.locks()).isEmpty();
            assertThat(locks.current()).isEmpty();
            assertThat(sales.sold()).isEqualTo(2);
        });
    }

    @Test
    void aLockKeptForATransactionIsReleasedWhenThatIsRolledBack() {
        LockContext.withDatabaseAnd(JumpingTime.class, Sales.class).run(app -> {
            Sales sales = prepared(app);
            JumpingTime time = app.getBean(JumpingTime.class);
            DistributedLockManager locks = app.getBean(DistributedLockManager.class);
            transaction(app).executeWithoutResult(status -> {
                sales.sell(() -> {});
                status.setRollbackOnly();
            });
            assertThat(locks.locks()).isEmpty();
            assertThat(locks.current()).isEmpty();
            assertThat(sales.sold()).isZero();
        });
    }

    @Test
    void aTransactionThatKeepsALostLeaseIsNotCommitted() {
        LockContext.withDatabaseAnd(JumpingTime.class, Sales.class).run(app -> {
            Sales sales = prepared(app);
            JumpingTime time = app.getBean(JumpingTime.class);
            DistributedLockManager locks = app.getBean(DistributedLockManager.class);
            assertThatThrownBy(() -> transaction(app).executeWithoutResult(status -> {
                        sales.sellBriefly(() -> {});
                        time.lose(locks.current().orElseThrow());
                    }))
                    .isInstanceOf(LeaseLostException.class);
            assertThat(sales.sold()).isZero();
            assertThat(locks.current()).isEmpty();
        });
    }

    @Test
    void aStageFromWithinATransactionKeepsTheLockUntilBothHaveCompleted() {
        LockContext.withDatabaseAnd(JumpingTime.class, Sales.class).run(app -> {
            Sales sales = prepared(app);
            JumpingTime time = app.getBean(JumpingTime.class);
            DistributedLockManager locks = app.getBean(DistributedLockManager.class);
            CompletableFuture<String> work = new CompletableFuture<>();
            CompletableFuture<String> result = transaction(app).execute(status -> {
                CompletableFuture<String> answer = sales.later(work);
                CompletableFuture<String> quick = sales.later(CompletableFuture.completedFuture("quick"));
                assertThat(quick).isCompletedWithValue("quick");
                assertThat(locks.locks()).hasSize(1);
                return answer;
            });
            assertThat(locks.locks()).hasSize(1);
            work.complete("done");
            assertThat(result).isCompletedWithValue("done");
            assertThat(locks.locks()).isEmpty();
        });
    }

    private static Sales prepared(AssertableApplicationContext app) {
        assertThat(app).hasNotFailed();
        app.getBean(JdbcTemplate.class).execute("create table sale (id int auto_increment primary key)");
        return app.getBean(Sales.class);
    }

    private static TransactionTemplate transaction(AssertableApplicationContext app) {
        return new TransactionTemplate(app.getBean(PlatformTransactionManager.class));
    }

    /** Registers the advice of transactions before ours: with equal orders it would be the outer one. */
    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    static class TransactionsFirst {}

    /** Asked for the key, just before the lock is taken. */
    @Component("probe")
    static class Probe {

        public String moment() {
            return TransactionSynchronizationManager.isActualTransactionActive()
                    ? "within the transaction"
                    : "before the transaction";
        }
    }

    static class Office {

        @WithLock("office")
        void briefly(Runnable body) {
            body.run();
        }
    }

    static class Sales {

        private final JdbcTemplate jdbc;

        Sales(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @WithLock(name = "probed", key = "@probe.moment()")
        @Transactional
        public void sellProbed(Runnable andThen) {
            andThen.run();
        }

        // Outlives the loss of every other lease.
        @WithLock(name = "long", lease = "300d", maximumHold = "300d")
        @Transactional
        public void sellForLong(Runnable andThen) {
            insert();
            andThen.run();
        }

        @WithLock("sale")
        @Transactional
        public void sell(Runnable andThen) {
            insert();
            andThen.run();
        }

        @WithLock("brief")
        @Transactional
        public void sellBriefly(Runnable andThen) {
            insert();
            andThen.run();
        }

        @WithLock("sale")
        public Integer soldUnderTheLock() {
            return sold();
        }

        @WithLock("sale")
        public CompletableFuture<String> later(CompletableFuture<String> work) {
            return work;
        }

        void insert() {
            jdbc.update("insert into sale default values");
        }

        Integer sold() {
            return jdbc.queryForObject("select count(*) from sale", Integer.class);
        }
    }
}
