package io.coordination.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coordination.lock.FencingToken;
import io.coordination.lock.Resource;
import io.coordination.lock.StaleTokenException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ParameterizedClass
@EnumSource(FencedDatabase.class)
class JdbcFencingGuardTests {

    private final FencedDatabase database;
    private final DataSource dataSource;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final Resource seat = Resource.of("seat", UUID.randomUUID().toString());

    JdbcFencingGuardTests(FencedDatabase database) {
        this.database = database;
        this.dataSource = database.dataSource();
        this.jdbc = new JdbcTemplate(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    @Test
    void theFirstTokenPasses() {
        sell(seat, 7);

        assertThat(sales(seat)).containsExactly(7L);
    }

    @Test
    void theSameTokenPassesAgain() {
        sell(seat, 7);
        sell(seat, 7);

        assertThat(sales(seat)).containsExactly(7L, 7L);
    }

    @Test
    void aLargerTokenPassesAndShutsOutTheSmallerOne() {
        sell(seat, 7);
        sell(seat, 8);

        assertThatThrownBy(() -> sell(seat, 7))
                .isInstanceOf(StaleTokenException.class)
                .hasMessageContaining(seat.key());
        assertThat(sales(seat)).containsExactly(7L, 8L);
    }

    @Test
    void whatAStaleHolderWroteBeforeTheCheckIsRolledBack() {
        sell(seat, 8);

        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    recordSale(seat, 7);
                    check(seat, 7);
                }))
                .isInstanceOf(StaleTokenException.class);
        assertThat(sales(seat)).containsExactly(8L);
    }

    @Test
    void aTokenOfATransactionThatRolledBackIsForgotten() {
        transaction.executeWithoutResult(status -> {
            check(seat, 9);
            status.setRollbackOnly();
        });

        assertThatCode(() -> sell(seat, 7)).doesNotThrowAnyException();
    }

    @Test
    void nameAndKeyAreNotRunTogether() {
        String unique = UUID.randomUUID().toString();
        sell(Resource.of(unique + "a", "bc"), 9);

        assertThatCode(() -> sell(Resource.of(unique + "ab", "c"), 7)).doesNotThrowAnyException();
        assertThatCode(() -> sell(Resource.named(unique + "abc"), 7)).doesNotThrowAnyException();
    }

    @Test
    void upperAndLowerCaseAreDifferentResources() {
        String unique = UUID.randomUUID().toString();
        sell(Resource.of("Seat", unique), 9);

        assertThatCode(() -> sell(Resource.of("seat", unique), 7)).doesNotThrowAnyException();
    }

    @Test
    void theLongestNameAndKeyFit() {
        String unique = UUID.randomUUID().toString();
        Resource longest = Resource.of(unique, "k".repeat(Resource.LONGEST - unique.length()));
        sell(longest, 7);

        assertThatThrownBy(() -> sell(longest, 6)).isInstanceOf(StaleTokenException.class);
    }

    @Test
    void writesAreAcceptedInTheOrderOfTokensWhateverTheOrderTheyComeIn() throws Exception {
        int writers = 6;
        List<Resource> seats = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            seats.add(Resource.of("rush", UUID.randomUUID().toString()));
        }
        Phaser together = new Phaser(writers);
        List<Callable<Integer>> work = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            List<Long> tokens = shuffled(writer, writers);
            work.add(() -> {
                try {
                    int refused = 0;
                    for (Resource each : seats) {
                        together.arriveAndAwaitAdvance();
                        refused += sellAll(each, tokens);
                    }
                    return refused;
                } finally {
                    // A writer that fails must not keep the others waiting
                    together.arriveAndDeregister();
                }
            });
        }

        int refused = 0;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            for (Future<Integer> done : threads.invokeAll(work)) {
                refused += done.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(refused).isPositive();
        for (Resource each : seats) {
            assertThat(sales(each)).isSorted().last().isEqualTo(60L);
        }
    }

    private int sellAll(Resource resource, List<Long> tokens) {
        int refused = 0;
        for (long token : tokens) {
            try {
                sell(resource, token);
            } catch (StaleTokenException e) {
                refused++;
            }
        }
        return refused;
    }

    private static List<Long> shuffled(int writer, int writers) {
        List<Long> tokens = new ArrayList<>(LongStream.rangeClosed(1, 60)
                .filter(token -> token % writers == writer)
                .boxed()
                .toList());
        Collections.shuffle(tokens, new Random(writer));
        return tokens;
    }

    private void sell(Resource resource, long token) {
        transaction.executeWithoutResult(status -> {
            check(resource, token);
            recordSale(resource, token);
        });
    }

    private void check(Resource resource, long token) {
        database.check(dataSource, resource, new FencingToken(token));
    }

    private void recordSale(Resource resource, long token) {
        jdbc.update("insert into sale (seat, token) values (?, ?)", resource.toString(), token);
    }

    private List<Long> sales(Resource resource) {
        return jdbc.queryForList("select token from sale where seat = ? order by id", Long.class, resource.toString());
    }
}
