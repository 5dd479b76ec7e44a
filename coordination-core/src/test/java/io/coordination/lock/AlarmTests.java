package io.coordination.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.coordination.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AlarmTests {

    private final List<Long> scheduled = new ArrayList<>();
    private final List<Runnable> tasks = new ArrayList<>();
    private final List<Long> cancelled = new ArrayList<>();
    private long next = Alarm.NEVER;
    private int rings;

    private final Alarm alarm = new Alarm(
            new Scheduler() {
                @Override
                public Scheduled at(long nanos, Runnable task) {
                    scheduled.add(nanos);
                    tasks.add(task);
                    return () -> cancelled.add(nanos);
                }

                @Override
                public void close() {}
            },
            () -> {
                rings++;
                return next;
            });

    @Test
    void onlyAnEarlierTimeIsScheduledAndTheLaterOneCancelled() {
        alarm.ringNoLaterThan(100);
        alarm.ringNoLaterThan(100);
        alarm.ringNoLaterThan(200);
        assertThat(scheduled).containsExactly(100L);
        assertThat(cancelled).isEmpty();

        alarm.ringNoLaterThan(50);
        assertThat(scheduled).containsExactly(100L, 50L);
        assertThat(cancelled).containsExactly(100L);
    }

    @Test
    void whenItRingsItAsksForTheNextTime() {
        alarm.ringNoLaterThan(100);
        next = 300;
        tasks.get(0).run();
        assertThat(rings).isEqualTo(1);
        assertThat(scheduled).containsExactly(100L, 300L);
        assertThat(cancelled).as("one that has rung").isEmpty();

        next = Alarm.NEVER;
        tasks.get(1).run();
        assertThat(scheduled).containsExactly(100L, 300L);
        alarm.ringNoLaterThan(400);
        assertThat(scheduled).containsExactly(100L, 300L, 400L);
    }

    @Test
    void onceClosedNothingIsScheduled() {
        alarm.ringNoLaterThan(100);
        alarm.close();
        assertThat(cancelled).containsExactly(100L);
        assertThat(CompletableFuture.runAsync(() -> alarm.ringNoLaterThan(50)))
                .as("from another thread")
                .succeedsWithin(Duration.ofSeconds(30));
        assertThat(scheduled).containsExactly(100L);
    }

    @Test
    void anAlarmThatWasNeverSetMayBeClosed() {
        alarm.close();
        assertThat(cancelled).isEmpty();
    }
}
