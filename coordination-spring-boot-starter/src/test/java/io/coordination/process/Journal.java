package io.coordination.process;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The database to which all instances write, and what it has accepted. */
final class Journal implements AutoCloseable {

    private record Entry(long id, long token, String writer) {}

    private final EmbeddedPostgres postgres;
    private final JdbcTemplate jdbc;
    private final Map<String, Entry> last = new HashMap<>();

    /** @param log where the database logs to */
    Journal(Path log) {
        try {
            postgres = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .setServerConfig("idle_in_transaction_session_timeout", "1s")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        jdbc = new JdbcTemplate(postgres.getPostgresDatabase());
        new ResourceDatabasePopulator(new ClassPathResource("io/coordination/jdbc/schema.sql"))
                .execute(postgres.getPostgresDatabase());
        jdbc.execute(
                "create table entry (id bigint generated always as identity primary key, seat varchar(20) not null,"
                        + " token bigint not null, writer varchar(20) not null)");
        jdbc.execute("create index on entry (seat, id)");
    }

    String url() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    /** The largest token with which a seat was written; 0 if it was not. */
    long lastToken(String seat) {
        return jdbc.queryForObject("select coalesce(max(token), 0) from entry where seat = ?", Long.class, seat);
    }

    /**
     * Looks at what was committed since the last time: tokens in the order of the commits, and each by whom it was granted to.
     *
     * @param accepted how many writes each process was told to be committed
     */
    void check(History history, Map<String, Long> accepted) {
        for (int number = 0; number < Load.SEATS; number++) {
            String seat = String.valueOf(number);
            Entry before = last.getOrDefault(seat, new Entry(0, 0, "nobody"));
            List<Entry> entries = jdbc.query(
                    "select id, token, writer from entry where seat = ? and id > ? order by id",
                    (row, i) -> new Entry(row.getLong(1), row.getLong(2), row.getString(3)),
                    seat,
                    before.id());
            for (Entry entry : entries) {
                if (entry.token() < before.token()) {
                    history.violated("Seat " + seat + ": accepted out of token order: " + entry + " after " + before);
                }
                Hold hold = awaitHold(history, seat, entry.token());
                if (hold == null || !hold.run.toString().equals(entry.writer())) {
                    history.violated("Seat " + seat + ": " + entry + " was written with a token of " + hold);
                    return;
                }
                before = entry;
            }
            last.put(seat, before);
        }
        Map<String, Long> found = new HashMap<>();
        jdbc.query("select writer, count(*) from entry group by writer", row -> {
            found.put(row.getString(1), row.getLong(2));
        });
        accepted.forEach((writer, count) -> {
            if (found.getOrDefault(writer, 0L) < count) {
                history.violated(
                        writer + " was told of " + count + " commits, but " + found.get(writer) + " are there.");
            }
        });
    }

    /** It was granted before it was written, but what was said of it may still be under way. */
    private static @Nullable Hold awaitHold(History history, String seat, long token) {
        try {
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> history.hold(seat, token) != null);
        } catch (ConditionTimeoutException neverSaid) {
            return null;
        }
        return history.hold(seat, token);
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
