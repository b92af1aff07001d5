package org.wattmark.server.certification;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.server.certification.CertifiedModel.Protocol;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.MapTable;
import org.wattmark.server.ledger.Tables;
import org.wattmark.units.Bytes;

/// Certified models; only that one is withdrawn ever changes.
public final class CertifiedModelTable implements MapTable<UUID, Listed> {

    static final String SELECT =
            """
            select id, maker, model, firmware, protocol, report_sha256, certified_on, sequence,
                withdrawn_sequence, reason
            from certified_model
            """;

    private static final String UPSERT =
            """
            insert into certified_model (id, maker, model, firmware, protocol, report_sha256,
                certified_on, sequence, withdrawn_sequence, reason)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do update
                set withdrawn_sequence = excluded.withdrawn_sequence, reason = excluded.reason
            """;

    private CertifiedModelTable() {}

    public static Tables all() {
        return new Tables(List.of(new CertifiedModelTable()), List.of());
    }

    @Override
    public String map() {
        return CertifiedModels.MODELS;
    }

    @Override
    public void write(Connection connection, List<Row<UUID, Listed>> changes) throws SQLException {
        // What is withdrawn goes first, as it makes room for the same model in the same batch.
        var rows =
                changes.stream()
                        .map(Row::value)
                        .sorted((one, other) -> Boolean.compare(one.counts(), other.counts()))
                        .toList();
        var models = rows.stream().map(Listed::model).toList();
        Insert.into(connection, UPSERT)
                .column("uuid", models.stream().map(CertifiedModel::id).toList())
                .column("text", models.stream().map(CertifiedModel::maker).toList())
                .column("text", models.stream().map(CertifiedModel::model).toList())
                .column("text", models.stream().map(CertifiedModel::firmware).toList())
                .column("text", models.stream().map(each -> each.protocol().name()).toList())
                .column(
                        "bytea",
                        models.stream().map(each -> each.reportSha256().toByteArray()).toList())
                .column("date", models.stream().map(each -> "" + each.certifiedOn()).toList())
                .column("bigint", rows.stream().map(Listed::sequence).toList())
                .column("bigint", rows.stream().map(Listed::withdrawnSequence).toList())
                .column("text", rows.stream().map(Listed::reason).toList())
                .execute();
    }

    @Override
    public Map<UUID, Listed> load(JdbcClient jdbc) {
        return jdbc.sql(SELECT).query(CertifiedModelTable::listed).list().stream()
                .collect(Collectors.toMap(each -> each.model().id(), each -> each));
    }

    static Listed listed(ResultSet row, int unused) throws SQLException {
        return new Listed(
                new CertifiedModel(
                        row.getObject("id", UUID.class),
                        row.getString("maker"),
                        row.getString("model"),
                        row.getString("firmware"),
                        Protocol.valueOf(row.getString("protocol")),
                        Bytes.of(row.getBytes("report_sha256")),
                        row.getObject("certified_on", LocalDate.class)),
                row.getLong("sequence"),
                row.getLong("withdrawn_sequence"),
                row.getString("reason"));
    }
}
