package org.wattmark.server.interventions;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.registry.ClaimCorrected;
import org.wattmark.registry.CorrectionEntry;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.MapTable;
import org.wattmark.units.Canonical;

/// Corrections of claims, as the journal has them.
final class CorrectionTable implements MapTable<UUID, CorrectionEntry> {

    static final String SELECT = "select id, claim_id, content, sequence, at from claim_correction";

    private static final String INSERT =
            """
            insert into claim_correction (id, claim_id, content, sequence, at)
            select * from unnest(?, ?, ?, ?, ?)
            """;

    @Override
    public String map() {
        return "claim_correction";
    }

    @Override
    public void write(Connection connection, List<Row<UUID, CorrectionEntry>> changes)
            throws SQLException {
        var entries = changes.stream().map(Row::value).toList();
        var corrections = entries.stream().map(CorrectionEntry::correction).toList();
        Insert.into(connection, INSERT)
                .column("uuid", corrections.stream().map(each -> each.id()).toList())
                .column("uuid", corrections.stream().map(each -> each.claim().value()).toList())
                .column(
                        "bytea",
                        corrections.stream()
                                .map(each -> new ClaimCorrected(each).content())
                                .toList())
                .column("bigint", entries.stream().map(CorrectionEntry::sequence).toList())
                .column("timestamptz", entries.stream().map(e -> Timestamp.from(e.at())).toList())
                .execute();
    }

    @Override
    public Map<UUID, CorrectionEntry> load(JdbcClient jdbc) {
        return jdbc.sql(SELECT).query((row, _) -> read(row)).list().stream()
                .collect(Collectors.toMap(each -> each.correction().id(), each -> each));
    }

    /// Its columns say what its content says, or it is no row of ours.
    static CorrectionEntry read(ResultSet row) throws SQLException {
        try {
            var correction = ClaimCorrected.of(row.getBytes("content")).correction();
            if (!correction.id().equals(row.getObject("id", UUID.class))
                    || !correction.claim().value().equals(row.getObject("claim_id", UUID.class))) {
                throw new SQLException("a correction's row differs from its content");
            }
            return new CorrectionEntry(
                    correction, row.getLong("sequence"), row.getTimestamp("at").toInstant());
        } catch (Canonical.Malformed e) {
            throw new SQLException("a correction's bytes are damaged: " + e.getMessage(), e);
        }
    }
}
