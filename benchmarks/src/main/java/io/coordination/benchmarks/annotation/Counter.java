package io.coordination.benchmarks.annotation;

import com.baomidou.lock.annotation.Lock4j;
import io.coordination.annotation.WithLock;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;

/** A bean with next to no work of its own, so that what is measured is the way to it. */
public class Counter {

    private long sum;

    public void bare(Order order) {
        sum += order.id();
    }

    @WithLock(name = "literal")
    public void withLock(Order order) {
        sum += order.id();
    }

    @WithLock(name = "keyed", key = "#order.id")
    public void withLockAndKey(Order order) {
        sum += order.id();
    }

    @Lock4j(name = "literal", expire = 30_000, acquireTimeout = 30_000)
    public void lock4j(Order order) {
        sum += order.id();
    }

    @Lock4j(name = "keyed", keys = "#order.id", expire = 30_000, acquireTimeout = 30_000)
    public void lock4jWithKey(Order order) {
        sum += order.id();
    }

    @SchedulerLock(name = "literal", lockAtMostFor = "30s")
    public void shedLock(Order order) {
        sum += order.id();
    }

    @SchedulerLock(name = "keyed-#{#order.id}", lockAtMostFor = "30s")
    public void shedLockWithKey(Order order) {
        sum += order.id();
    }

    public long sum() {
        return sum;
    }

    /** What the methods are about. */
    public record Order(long id) {}
}
