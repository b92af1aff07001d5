package org.wattmark.server.registry;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import org.wattmark.registry.Registry.RetiredEntry;
import org.wattmark.registry.RetirementStatement;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.RowTable;

/// Retirements. Their serial ranges are disjoint by construction; the table's exclusion constraint
/// says so too.
final class RetirementTable implements RowTable<RetiredEntry> {

    private static final String INSERT =
            """
            insert into retirement (id, sequence, block_id, first_serial, last_serial, holder, at,
                beneficiary, purpose)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    @Override
    public Class<RetiredEntry> type() {
        return RetiredEntry.class;
    }

    @Override
    public void write(Connection connection, List<RetiredEntry> rows) throws SQLException {
        var statements = rows.stream().map(RetiredEntry::statement).toList();
        Insert.into(connection, INSERT)
                .column("uuid", statements.stream().map(RetirementStatement::id).toList())
                .column("bigint", rows.stream().map(RetiredEntry::sequence).toList())
                .column("uuid", statements.stream().map(RetirementStatement::block).toList())
                .column("bigint", statements.stream().map(s -> s.serials().first()).toList())
                .column("bigint", statements.stream().map(s -> s.serials().last()).toList())
                .column("text", statements.stream().map(s -> s.holder().value()).toList())
                .column(
                        "timestamptz",
                        statements.stream().map(s -> Timestamp.from(s.at())).toList())
                .column("text", statements.stream().map(RetirementStatement::beneficiary).toList())
                .column("text", statements.stream().map(RetirementStatement::purpose).toList())
                .execute();
        UsedSerials.write(
                connection,
                statements.stream()
                        .map(s -> new UsedSerials(s.id(), s.block(), s.serials()))
                        .toList());
    }
}
