package org.wattmark.server.rewards;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.rewards.Programme;
import org.wattmark.rewards.RunningProgramme;
import org.wattmark.rewards.TariffRegion;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.MapTable;

/// Programmes; only what they have counted ever changes.
final class ProgrammeTable implements MapTable<UUID, RunningProgramme> {

    static final String SELECT = "select * from reward_programme";

    private static final String UPSERT =
            """
            insert into reward_programme (id, name, region, currency, test, genesis, halving_days,
                versions, devices)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do update
                set versions = excluded.versions, devices = excluded.devices
            """;

    @Override
    public String map() {
        return "reward_programme";
    }

    @Override
    public void write(Connection connection, List<Row<UUID, RunningProgramme>> changes)
            throws SQLException {
        var rows = changes.stream().map(Row::value).toList();
        var programmes = rows.stream().map(RunningProgramme::programme).toList();
        Insert.into(connection, UPSERT)
                .column("uuid", programmes.stream().map(Programme::id).toList())
                .column("text", programmes.stream().map(Programme::name).toList())
                .column("text", programmes.stream().map(each -> each.region().code()).toList())
                .column(
                        "text",
                        programmes.stream().map(each -> each.currency().getCurrencyCode()).toList())
                .column("boolean", programmes.stream().map(Programme::test).toList())
                .column("date", programmes.stream().map(each -> "" + each.genesis()).toList())
                .column("integer", programmes.stream().map(Programme::halvingDays).toList())
                .column("integer", rows.stream().map(RunningProgramme::versions).toList())
                .column("bigint", rows.stream().map(RunningProgramme::devices).toList())
                .execute();
    }

    @Override
    public Map<UUID, RunningProgramme> load(JdbcClient jdbc) {
        return jdbc.sql(SELECT).query((row, _) -> running(row)).list().stream()
                .collect(Collectors.toMap(each -> each.programme().id(), each -> each));
    }

    static RunningProgramme running(ResultSet row) throws SQLException {
        return new RunningProgramme(
                new Programme(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        new TariffRegion(row.getString("region")),
                        Currency.getInstance(row.getString("currency")),
                        row.getBoolean("test"),
                        row.getObject("genesis", LocalDate.class),
                        row.getInt("halving_days")),
                row.getInt("versions"),
                row.getLong("devices"));
    }
}
