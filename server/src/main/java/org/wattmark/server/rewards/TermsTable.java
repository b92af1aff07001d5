package org.wattmark.server.rewards;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.rewards.Terms;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.MapTable;
import org.wattmark.units.Energy;
import org.wattmark.units.Share;

/// The versions of programmes' terms. None is ever changed.
final class TermsTable implements MapTable<Terms.Key, Terms> {

    private static final String INSERT =
            """
            insert into reward_terms (programme_id, version, from_day, daily_cap_wh,
                base_basis_points, early_devices, early_basis_points, reference_device,
                payout_threshold_micros, lowest_tier)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    @Override
    public String map() {
        return "reward_terms";
    }

    @Override
    public void write(Connection connection, List<Row<Terms.Key, Terms>> changes)
            throws SQLException {
        var keys = changes.stream().map(Row::key).toList();
        var terms = changes.stream().map(Row::value).toList();
        Insert.into(connection, INSERT)
                .column("uuid", keys.stream().map(Terms.Key::programme).toList())
                .column("integer", keys.stream().map(Terms.Key::version).toList())
                .column("date", terms.stream().map(each -> "" + each.from()).toList())
                .column("bigint", terms.stream().map(each -> each.dailyCap().wattHours()).toList())
                .column("integer", terms.stream().map(each -> each.base().basisPoints()).toList())
                .column("integer", terms.stream().map(Terms::earlyDevices).toList())
                .column("integer", terms.stream().map(Terms::earlyBasisPoints).toList())
                .column("integer", terms.stream().map(Terms::referenceDevice).toList())
                .column("bigint", terms.stream().map(Terms::payoutThresholdMicros).toList())
                .column("text", terms.stream().map(each -> each.lowestTier().name()).toList())
                .execute();
    }

    @Override
    public Map<Terms.Key, Terms> load(JdbcClient jdbc) {
        return jdbc
                .sql("select * from reward_terms")
                .query((row, _) -> Map.entry(key(row), terms(row)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Terms.Key key(ResultSet row) throws SQLException {
        return new Terms.Key(row.getObject("programme_id", UUID.class), row.getInt("version"));
    }

    static Terms terms(ResultSet row) throws SQLException {
        return new Terms(
                row.getObject("from_day", LocalDate.class),
                new Energy(row.getLong("daily_cap_wh")),
                new Share(row.getInt("base_basis_points")),
                row.getInt("early_devices"),
                row.getInt("early_basis_points"),
                row.getInt("reference_device"),
                row.getLong("payout_threshold_micros"),
                AssuranceTier.valueOf(row.getString("lowest_tier")));
    }
}
