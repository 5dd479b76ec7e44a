package io.coordination.sample.sale;

import io.coordination.sample.sale.SaleOutcome.Done;
import io.coordination.sample.sale.SaleOutcome.NoSuchSeat;
import io.coordination.sample.sale.SaleOutcome.Refused;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The rules of the house, written the way most code is: look whether the seat is free, then act. That is right as long as
 * nobody acts between the two. Nothing in the database prevents it: no unique constraint, no version, no {@code for update}.
 */
@Repository
class CheckThenAct {

    private final JdbcClient jdbc;
    private final TicketSigner tickets;

    CheckThenAct(JdbcClient jdbc, TicketSigner tickets) {
        this.jdbc = jdbc;
        this.tickets = tickets;
    }

    SaleOutcome sell(long seatId, String buyer) {
        return ifFree(
                seatId,
                buyer,
                () -> jdbc.sql("insert into sale (seat_id, buyer, signature) values (:seat, :buyer, :signature)")
                        .param("seat", seatId)
                        .param("buyer", buyer)
                        .param("signature", tickets.sign(seatId, buyer))
                        .update());
    }

    SaleOutcome reserve(long seatId, String buyer) {
        return ifFree(
                seatId,
                buyer,
                () -> jdbc.sql("""
                        update seat
                        set reserved_by = :buyer, reserved_until = current_timestamp + interval '2' minute
                        where id = :seat""").param("seat", seatId).param("buyer", buyer).update());
    }

    SaleOutcome release(long seatId, String buyer) {
        return ifFree(
                seatId,
                buyer,
                () -> jdbc.sql("update seat set reserved_by = null, reserved_until = null where id = :seat")
                        .param("seat", seatId)
                        .update());
    }

    private SaleOutcome ifFree(long seatId, String buyer, Runnable act) {
        Optional<Standing> standing = standing(seatId);
        if (standing.isEmpty()) {
            return new NoSuchSeat(seatId);
        }
        String reason = standing.get().whyNotFor(buyer);
        if (reason != null) {
            return new Refused(reason);
        }
        act.run();
        return new Done(seatId, buyer);
    }

    private Optional<Standing> standing(long seatId) {
        return jdbc.sql("""
                        select s.row_name, s.seat_number, s.reserved_by,
                               s.reserved_until > current_timestamp as reserved,
                               exists (select 1 from sale where sale.seat_id = s.id) as sold
                        from seat s
                        where s.id = :seat""")
                .param("seat", seatId)
                .query((row, number) -> Standing.of(row))
                .optional();
    }

    private record Standing(
            String label, boolean sold, @Nullable String reservedBy) {

        static Standing of(ResultSet row) throws SQLException {
            return new Standing(
                    row.getString("row_name") + row.getInt("seat_number"),
                    row.getBoolean("sold"),
                    row.getBoolean("reserved") ? row.getString("reserved_by") : null);
        }

        @Nullable
        String whyNotFor(String buyer) {
            if (sold) {
                return "Seat " + label + " is sold.";
            }
            return reservedBy == null || reservedBy.equals(buyer)
                    ? null
                    : "Seat " + label + " is reserved for somebody else.";
        }
    }
}
