package org.wattmark.server.rewards;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.AccountId;
import org.wattmark.rewards.Stake;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.MapTable;

/// Stakes; only what they earned and whether they are locked ever change.
final class StakeTable implements MapTable<UUID, Stake> {

    static final String SELECT = "select * from reward_stake";

    private static final String UPSERT =
            """
            insert into reward_stake (id, programme_id, account, micros, weight_basis_points,
                from_at, until_at, earned_minor_units, state)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do update
                set earned_minor_units = excluded.earned_minor_units, state = excluded.state
            """;

    @Override
    public String map() {
        return "reward_stake";
    }

    @Override
    public void write(Connection connection, List<Row<UUID, Stake>> changes) throws SQLException {
        var stakes = changes.stream().map(Row::value).toList();
        Insert.into(connection, UPSERT)
                .column("uuid", stakes.stream().map(Stake::id).toList())
                .column("uuid", stakes.stream().map(Stake::programme).toList())
                .column("text", stakes.stream().map(each -> each.account().value()).toList())
                .column("bigint", stakes.stream().map(Stake::microUnits).toList())
                .column("integer", stakes.stream().map(Stake::weightBasisPoints).toList())
                .column(
                        "timestamptz",
                        stakes.stream().map(each -> Timestamp.from(each.from())).toList())
                .column(
                        "timestamptz",
                        stakes.stream().map(each -> Timestamp.from(each.until())).toList())
                .column("bigint", stakes.stream().map(Stake::earned).toList())
                .column("text", stakes.stream().map(each -> each.state().name()).toList())
                .execute();
    }

    @Override
    public Map<UUID, Stake> load(JdbcClient jdbc) {
        return jdbc.sql(SELECT).query((row, _) -> stake(row)).list().stream()
                .collect(Collectors.toMap(Stake::id, each -> each));
    }

    static Stake stake(ResultSet row) throws SQLException {
        return new Stake(
                row.getObject("id", UUID.class),
                row.getObject("programme_id", UUID.class),
                new AccountId(row.getString("account")),
                row.getLong("micros"),
                row.getInt("weight_basis_points"),
                row.getTimestamp("from_at").toInstant(),
                row.getTimestamp("until_at").toInstant(),
                row.getLong("earned_minor_units"),
                Stake.State.valueOf(row.getString("state")));
    }
}
