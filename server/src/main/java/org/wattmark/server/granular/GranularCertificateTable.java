package org.wattmark.server.granular;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.DeviceId;
import org.wattmark.registry.GranularCertificate;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.MapTable;
import org.wattmark.units.Energy;
import org.wattmark.verification.UnitClass;

/// Granular certificates; only the next free serial of one ever changes.
final class GranularCertificateTable implements MapTable<UUID, GranularCertificate> {

    static final String SELECT = "select * from granular_certificate";

    private static final String UPSERT =
            """
            insert into granular_certificate (id, issuance_id, project_id, device_id, hour_start,
                energy_wh, unit_class, tier, region, approval, next_serial)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do update set next_serial = excluded.next_serial
            """;

    @Override
    public String map() {
        return "granular_certificate";
    }

    @Override
    public void write(Connection connection, List<Row<UUID, GranularCertificate>> changes)
            throws SQLException {
        var all = changes.stream().map(Row::value).toList();
        Insert.into(connection, UPSERT)
                .column("uuid", all.stream().map(GranularCertificate::id).toList())
                .column("uuid", all.stream().map(GranularCertificate::issuance).toList())
                .column("uuid", all.stream().map(GranularCertificate::project).toList())
                .column("uuid", all.stream().map(each -> each.device().value()).toList())
                .column(
                        "timestamptz",
                        all.stream().map(each -> Timestamp.from(each.hour())).toList())
                .column("bigint", all.stream().map(each -> each.energy().wattHours()).toList())
                .column("text", all.stream().map(each -> each.unitClass().name()).toList())
                .column("text", all.stream().map(each -> each.tier().name()).toList())
                .column("text", all.stream().map(GranularCertificate::region).toList())
                .column("text", all.stream().map(each -> each.approval().name()).toList())
                .column("bigint", all.stream().map(GranularCertificate::nextSerial).toList())
                .execute();
    }

    @Override
    public Map<UUID, GranularCertificate> load(JdbcClient jdbc) {
        return jdbc.sql(SELECT).query((row, _) -> read(row)).list().stream()
                .collect(Collectors.toMap(GranularCertificate::id, each -> each));
    }

    static GranularCertificate read(ResultSet row) throws SQLException {
        return new GranularCertificate(
                row.getObject("id", UUID.class),
                row.getObject("issuance_id", UUID.class),
                row.getObject("project_id", UUID.class),
                new DeviceId(row.getObject("device_id", UUID.class)),
                row.getTimestamp("hour_start").toInstant(),
                new Energy(row.getLong("energy_wh")),
                UnitClass.valueOf(row.getString("unit_class")),
                AssuranceTier.valueOf(row.getString("tier")),
                row.getString("region"),
                GranularCertificate.Approval.valueOf(row.getString("approval")),
                row.getLong("next_serial"));
    }
}
