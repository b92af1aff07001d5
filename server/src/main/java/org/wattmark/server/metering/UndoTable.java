package org.wattmark.server.metering;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import org.wattmark.server.ledger.RowTable;
import org.wattmark.server.ledger.RuleBroken;
import org.wattmark.units.Period;

/// What undone imports had stored. It is moved out of what counts, and kept.
final class UndoTable implements RowTable<UndoTable.Row> {

    private static final String INTERVALS =
            """
            with gone as (
                delete from interval
                where device_id = ? and channel = ? and start_at >= ? and start_at < ?
                    and receipt = any (?) and allocated_wh = 0 and shortfall_wh = 0
                returning *)
            insert into interval_undone
                (device_id, channel, start_at, seconds, raw_wh, energy_wh, late, receipt,
                 undone_by)
            select device_id, channel, start_at, seconds, raw_wh, energy_wh, late, receipt, ?
            from gone
            """;

    private static final String FINDINGS =
            """
            with gone as (
                delete from finding where device_id = ? and receipt = any (?) returning *)
            insert into finding_undone
                (device_id, receipt, position, channel, rule, outcome, start_at, end_at, inputs,
                 threshold, undone_by)
            select device_id, receipt, position, channel, rule, outcome, start_at, end_at, inputs,
                threshold, ?
            from gone
            """;

    /// @param span in which its intervals lie
    /// @param entry the place of the undoing in the journal
    record Row(ImportUndone undone, Period span, long entry) {}

    @Override
    public Class<Row> type() {
        return Row.class;
    }

    @Override
    public void write(Connection connection, List<Row> rows) throws SQLException {
        for (var row : rows) {
            require(row.undone().accepted(), moveIntervals(connection, row), "intervals");
            require(row.undone().findings(), moveFindings(connection, row), "findings");
        }
    }

    private static int moveIntervals(Connection connection, Row row) throws SQLException {
        var undone = row.undone();
        try (var statement = connection.prepareStatement(INTERVALS)) {
            statement.setObject(1, undone.device().value());
            statement.setString(2, undone.channel().name());
            statement.setTimestamp(3, Timestamp.from(row.span().start()));
            statement.setTimestamp(4, Timestamp.from(row.span().end()));
            statement.setArray(5, connection.createArrayOf("bigint", undone.receipts().toArray()));
            statement.setLong(6, row.entry());
            return statement.executeUpdate();
        }
    }

    private static int moveFindings(Connection connection, Row row) throws SQLException {
        var undone = row.undone();
        try (var statement = connection.prepareStatement(FINDINGS)) {
            statement.setObject(1, undone.device().value());
            statement.setArray(2, connection.createArrayOf("bigint", undone.receipts().toArray()));
            statement.setLong(3, row.entry());
            return statement.executeUpdate();
        }
    }

    private static void require(int expected, int moved, String what) {
        if (moved != expected) {
            throw new RuleBroken(
                    "%d %s of an import are free to go, not %d".formatted(moved, what, expected));
        }
    }
}
