package org.wattmark.server.rewards;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Coverage;
import org.wattmark.metering.DeviceId;
import org.wattmark.rewards.Enrolment;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.MapTable;

/// Devices in programmes; only what time was rewarded and what is carried ever change.
final class EnrolmentTable implements MapTable<Enrolment.Key, Enrolment> {

    private static final String UPSERT =
            """
            insert into reward_device (programme_id, device_id, owner_id, zone, tier, rank,
                from_day, rewarded, carry)
            select programme_id, device_id, owner_id, zone, tier, rank, from_day,
                rewarded::tstzmultirange, carry
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
                as new (programme_id, device_id, owner_id, zone, tier, rank, from_day, rewarded,
                    carry)
            on conflict (programme_id, device_id) do update
                set rewarded = excluded.rewarded, carry = excluded.carry
            """;

    @Override
    public String map() {
        return "reward_device";
    }

    @Override
    public void write(Connection connection, List<Row<Enrolment.Key, Enrolment>> changes)
            throws SQLException {
        var rows = changes.stream().map(Row::value).toList();
        Insert.into(connection, UPSERT)
                .column("uuid", rows.stream().map(Enrolment::programme).toList())
                .column("uuid", rows.stream().map(each -> each.device().value()).toList())
                .column("uuid", rows.stream().map(Enrolment::owner).toList())
                .column("text", rows.stream().map(each -> each.zone().getId()).toList())
                .column("text", rows.stream().map(each -> each.tier().name()).toList())
                .column("bigint", rows.stream().map(Enrolment::rank).toList())
                .column("date", rows.stream().map(each -> "" + each.from()).toList())
                .column("text", rows.stream().map(each -> "" + each.rewarded()).toList())
                .column("numeric", rows.stream().map(Enrolment::carry).toList())
                .execute();
    }

    @Override
    public Map<Enrolment.Key, Enrolment> load(JdbcClient jdbc) {
        return jdbc
                .sql("select * from reward_device")
                .query((row, _) -> enrolment(row))
                .list()
                .stream()
                .collect(Collectors.toMap(Enrolment::key, each -> each));
    }

    static Enrolment enrolment(ResultSet row) throws SQLException {
        return new Enrolment(
                row.getObject("programme_id", UUID.class),
                new DeviceId(row.getObject("device_id", UUID.class)),
                row.getObject("owner_id", UUID.class),
                ZoneId.of(row.getString("zone")),
                AssuranceTier.valueOf(row.getString("tier")),
                row.getLong("rank"),
                row.getObject("from_day", LocalDate.class),
                Coverage.parse(row.getString("rewarded")),
                row.getBigDecimal("carry"));
    }
}
