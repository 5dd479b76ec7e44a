package io.coordination.sample.show;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The shows in the database. */
@Repository
public class Shows {

    private static final int SEATS_PER_ROW = 12;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    Shows(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** Opens a show with this many free seats. */
    @Transactional
    public Show open(String title, int seats) {
        var id = new GeneratedKeyHolder();
        jdbc.sql("insert into show (title) values (:title)")
                .param("title", title)
                .update(id, "id");
        long showId = Objects.requireNonNull(id.getKeyAs(Long.class));
        List<Object[]> places = IntStream.range(0, seats)
                .mapToObj(i -> new Object[] {showId, rowName(i / SEATS_PER_ROW), i % SEATS_PER_ROW + 1, i})
                .toList();
        batches.batchUpdate("insert into seat (show_id, row_name, seat_number, place) values (?, ?, ?, ?)", places);
        return find(showId).orElseThrow();
    }

    /** The show and its seats; empty if there is none with this id. */
    public Optional<Show> find(long showId) {
        return jdbc.sql("select title from show where id = :id")
                .param("id", showId)
                .query(String.class)
                .optional()
                .map(title -> new Show(showId, title, seats(showId)));
    }

    /** Opens the show of this evening. The database sees to it that there is one, whoever comes at the same moment. */
    @Transactional
    public void openEvening(String title, int seats) {
        jdbc.sql("insert into evening (only_one, show_id) values (1, :show)")
                .param("show", open(title, seats).id())
                .update();
    }

    /** The show of this evening; empty if it has not been opened. */
    public Optional<Show> evening() {
        return jdbc.sql("select show_id from evening")
                .query(Long.class)
                .optional()
                .flatMap(this::find);
    }

    /** Removes a show with its seats and its sales; does nothing if there is none with this id. */
    public void remove(long showId) {
        jdbc.sql("delete from show where id = :id").param("id", showId).update();
    }

    private List<Seat> seats(long showId) {
        return jdbc.sql("""
                        select s.id, s.row_name, s.seat_number,
                               s.reserved_until > current_timestamp as reserved,
                               (select count(*) from sale where sale.seat_id = s.id) as sales
                        from seat s
                        where s.show_id = :show
                        order by s.place""")
                .param("show", showId)
                .query((row, number) -> seat(row))
                .list();
    }

    private static Seat seat(ResultSet row) throws SQLException {
        int sales = row.getInt("sales");
        return new Seat(
                row.getLong("id"),
                row.getString("row_name"),
                row.getInt("seat_number"),
                status(sales, row.getBoolean("reserved")),
                sales);
    }

    private static SeatStatus status(int sales, boolean reserved) {
        if (sales > 1) {
            return SeatStatus.SOLD_TWICE;
        }
        if (sales == 1) {
            return SeatStatus.SOLD;
        }
        return reserved ? SeatStatus.RESERVED : SeatStatus.FREE;
    }

    /** A, B, ... Z, AA, AB, ... */
    private static String rowName(int row) {
        String last = String.valueOf((char) ('A' + row % 26));
        return row < 26 ? last : rowName(row / 26 - 1) + last;
    }
}
