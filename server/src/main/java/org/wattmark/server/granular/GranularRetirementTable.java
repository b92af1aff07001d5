package org.wattmark.server.granular;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.wattmark.registry.GranularCertificates.RetiredEntry;
import org.wattmark.registry.GranularRetirement;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.RowTable;

/// Watt-hours that were used for good. Their serials are disjoint by construction; the table's
/// exclusion constraint says so too.
final class GranularRetirementTable implements RowTable<RetiredEntry> {

    private static final String INSERT =
            """
            insert into granular_retirement (id, sequence, certificate_id, first_serial,
                last_serial, holder, consumed_from, consumed_until, at, beneficiary, purpose)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    @Override
    public Class<RetiredEntry> type() {
        return RetiredEntry.class;
    }

    @Override
    public void write(Connection connection, List<RetiredEntry> rows) throws SQLException {
        var all = rows.stream().map(RetiredEntry::statement).toList();
        Insert.into(connection, INSERT)
                .column("uuid", all.stream().map(GranularRetirement::id).toList())
                .column("bigint", rows.stream().map(RetiredEntry::sequence).toList())
                .column("uuid", all.stream().map(GranularRetirement::certificate).toList())
                .column("bigint", all.stream().map(each -> each.serials().first()).toList())
                .column("bigint", all.stream().map(each -> each.serials().last()).toList())
                .column("text", all.stream().map(each -> each.holder().value()).toList())
                .column("timestamptz", times(all, each -> each.consumption().start()))
                .column("timestamptz", times(all, each -> each.consumption().end()))
                .column("timestamptz", times(all, GranularRetirement::at))
                .column("text", all.stream().map(GranularRetirement::beneficiary).toList())
                .column("text", all.stream().map(GranularRetirement::purpose).toList())
                .execute();
    }

    private static List<Timestamp> times(
            List<GranularRetirement> all, Function<GranularRetirement, Instant> time) {
        return all.stream().map(each -> Timestamp.from(time.apply(each))).toList();
    }
}
