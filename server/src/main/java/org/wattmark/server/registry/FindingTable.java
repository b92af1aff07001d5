package org.wattmark.server.registry;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.wattmark.registry.Claims.Checked;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.RowTable;
import tools.jackson.databind.json.JsonMapper;

/// What checks found of claims.
final class FindingTable implements RowTable<Checked> {

    private static final String INSERT =
            """
            insert into claim_finding (claim_id, "check", outcome, inputs, threshold)
            select claim, "check", outcome, inputs::json, threshold
            from unnest(?, ?, ?, ?, ?) as found (claim, "check", outcome, inputs, threshold)
            """;

    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    public Class<Checked> type() {
        return Checked.class;
    }

    @Override
    public void write(Connection connection, List<Checked> rows) throws SQLException {
        Insert.into(connection, INSERT)
                .column("uuid", rows.stream().map(row -> row.claim().value()).toList())
                .column("text", rows.stream().map(row -> row.finding().check().name()).toList())
                .column("text", rows.stream().map(row -> row.finding().outcome().name()).toList())
                .column(
                        "text",
                        rows.stream()
                                .map(row -> JSON.writeValueAsString(row.finding().inputs()))
                                .toList())
                .column("text", rows.stream().map(row -> row.finding().threshold()).toList())
                .execute();
    }
}
