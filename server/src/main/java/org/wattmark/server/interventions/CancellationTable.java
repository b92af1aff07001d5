package org.wattmark.server.interventions;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.registry.Registry.CancelledEntry;
import org.wattmark.registry.UnitsCancelled;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.RowTable;
import org.wattmark.server.registry.UsedSerials;
import org.wattmark.units.SerialRange;

/// Cancellations, and the serials that they took.
final class CancellationTable implements RowTable<CancelledEntry> {

    static final String SELECT = "select * from cancellation";

    private static final String INSERT =
            """
            insert into cancellation (id, sequence, block_id, first_serial, last_serial, holder,
                cause, under, at, reason)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    @Override
    public Class<CancelledEntry> type() {
        return CancelledEntry.class;
    }

    @Override
    public void write(Connection connection, List<CancelledEntry> rows) throws SQLException {
        var units = rows.stream().map(CancelledEntry::units).toList();
        Insert.into(connection, INSERT)
                .column("uuid", units.stream().map(UnitsCancelled::id).toList())
                .column("bigint", rows.stream().map(CancelledEntry::sequence).toList())
                .column("uuid", units.stream().map(UnitsCancelled::block).toList())
                .column("bigint", units.stream().map(each -> each.serials().first()).toList())
                .column("bigint", units.stream().map(each -> each.serials().last()).toList())
                .column("text", units.stream().map(each -> each.holder().value()).toList())
                .column("text", units.stream().map(each -> each.cause().name()).toList())
                .column("uuid", units.stream().map(UnitsCancelled::under).toList())
                .column(
                        "timestamptz",
                        units.stream().map(each -> Timestamp.from(each.at())).toList())
                .column("text", units.stream().map(UnitsCancelled::reason).toList())
                .execute();
        UsedSerials.write(
                connection,
                units.stream()
                        .map(each -> new UsedSerials(each.id(), each.block(), each.serials()))
                        .toList());
    }

    static UnitsCancelled read(ResultSet row) throws SQLException {
        return new UnitsCancelled(
                row.getObject("id", UUID.class),
                row.getObject("block_id", UUID.class),
                new SerialRange(row.getLong("first_serial"), row.getLong("last_serial")),
                new AccountId(row.getString("holder")),
                UnitsCancelled.Cause.valueOf(row.getString("cause")),
                row.getObject("under", UUID.class),
                row.getTimestamp("at").toInstant(),
                row.getString("reason"));
    }
}
