package org.wattmark.server.granular;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Coverage;
import org.wattmark.metering.DeviceId;
import org.wattmark.registry.GranularIssuance;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.MapTable;
import org.wattmark.verification.UnitClass;

/// Wishes for granular certificates; only their state ever changes.
final class GranularIssuanceTable implements MapTable<UUID, GranularIssuance> {

    static final String SELECT = "select * from granular_issuance";

    private static final String UPSERT =
            """
            insert into granular_issuance
                (id, project_id, device_id, hours, unit_class, tier, requested_by, state)
            select id, project, device, hours::tstzmultirange, unit_class, tier, requested, state
            from unnest(?, ?, ?, ?, ?, ?, ?, ?) as new
                (id, project, device, hours, unit_class, tier, requested, state)
            on conflict (id) do update set state = excluded.state
            """;

    @Override
    public String map() {
        return "granular_issuance";
    }

    @Override
    public void write(Connection connection, List<Row<UUID, GranularIssuance>> changes)
            throws SQLException {
        var issuances = changes.stream().map(Row::value).toList();
        Insert.into(connection, UPSERT)
                .column("uuid", issuances.stream().map(GranularIssuance::id).toList())
                .column("uuid", issuances.stream().map(GranularIssuance::project).toList())
                .column("uuid", issuances.stream().map(it -> it.device().value()).toList())
                .column(
                        "text",
                        issuances.stream().map(it -> Coverage.of(it.hours()).toString()).toList())
                .column("text", issuances.stream().map(it -> it.unitClass().name()).toList())
                .column("text", issuances.stream().map(it -> it.tier().name()).toList())
                .column("uuid", issuances.stream().map(GranularIssuance::requestedBy).toList())
                .column("text", issuances.stream().map(it -> it.state().name()).toList())
                .execute();
    }

    @Override
    public Map<UUID, GranularIssuance> load(JdbcClient jdbc) {
        return jdbc.sql(SELECT).query((row, _) -> read(row)).list().stream()
                .collect(Collectors.toMap(GranularIssuance::id, each -> each));
    }

    static GranularIssuance read(ResultSet row) throws SQLException {
        return new GranularIssuance(
                row.getObject("id", UUID.class),
                row.getObject("project_id", UUID.class),
                new DeviceId(row.getObject("device_id", UUID.class)),
                Coverage.parse(row.getString("hours")).ranges(),
                UnitClass.valueOf(row.getString("unit_class")),
                AssuranceTier.valueOf(row.getString("tier")),
                row.getObject("requested_by", UUID.class),
                GranularIssuance.State.valueOf(row.getString("state")));
    }
}
