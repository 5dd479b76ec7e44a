package io.coordination.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.coordination.ProcessId;
import io.coordination.lock.EndedLease;
import io.coordination.lock.FencingToken;
import io.coordination.lock.Holder;
import io.coordination.lock.LeaseLoss;
import io.coordination.lock.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LockHistoryTests {

    @Test
    void theLatestComesFirst() {
        LockHistory history = new LockHistory(3);
        history.ended(lease(1, null));
        history.ended(lease(2, null));

        assertThat(tokens(history)).containsExactly(2L, 1L);
    }

    @Test
    void theOldestIsForgottenWhenThereIsNoRoom() {
        LockHistory history = new LockHistory(3);
        for (int token = 1; token <= 7; token++) {
            history.ended(lease(token, null));
        }

        assertThat(tokens(history)).containsExactly(7L, 6L, 5L);
        assertThat(history.ended()).isEqualTo(7);
    }

    @Test
    void lostLeasesAreCountedApart() {
        LockHistory history = new LockHistory();
        history.ended(lease(1, null));
        history.ended(lease(2, LeaseLoss.Reason.EXPIRED));

        assertThat(history.ended()).isEqualTo(2);
        assertThat(history.lost()).isEqualTo(1);
    }

    @Test
    void manyThreadsMayEndLeasesAtOnce() throws Exception {
        LockHistory history = new LockHistory(100);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                done.add(threads.submit(() -> {
                    for (int token = 1; token <= 1000; token++) {
                        history.ended(lease(token, null));
                        assertThat(history.newestFirst()).hasSizeLessThanOrEqualTo(100);
                    }
                }));
            }
            for (Future<?> each : done) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(history.ended()).isEqualTo(4000);
        assertThat(history.newestFirst()).hasSize(100);
    }

    @Test
    void aHistoryWithoutRoomIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LockHistory(0));
    }

    private static List<Long> tokens(LockHistory history) {
        return history.newestFirst().stream()
                .map(lease -> lease.token().value())
                .toList();
    }

    private static EndedLease lease(long token, LeaseLoss.@Nullable Reason loss) {
        return new EndedLease(
                Resource.named("seat"),
                new Holder(new ProcessId("box-a", 1), "main"),
                new FencingToken(token),
                Instant.EPOCH,
                Duration.ofMillis(5),
                loss);
    }
}
