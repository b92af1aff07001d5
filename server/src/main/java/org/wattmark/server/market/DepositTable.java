package org.wattmark.server.market;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.AccountId;
import org.wattmark.market.Deposit;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.MapTable;
import org.wattmark.units.Money;

/// Deposits; only the state of one and who decided it ever change.
final class DepositTable implements MapTable<UUID, Deposit> {

    static final String SELECT =
            """
            select id, account, currency, minor_units, reference, state, requested_by, decided_by
            from deposit
            """;

    private static final String UPSERT =
            """
            insert into deposit (id, account, currency, minor_units, reference, state,
                requested_by, decided_by)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do update
                set state = excluded.state, decided_by = excluded.decided_by
            """;

    @Override
    public String map() {
        return "deposit";
    }

    /// What was rejected goes first, as it sets a reference free that another of the batch may
    /// have.
    @Override
    public void write(Connection connection, List<Row<UUID, Deposit>> changes) throws SQLException {
        var deposits =
                changes.stream()
                        .map(Row::value)
                        .sorted(
                                Comparator.comparing(
                                        each -> each.state() != Deposit.State.REJECTED))
                        .toList();
        var money = deposits.stream().map(Deposit::money).toList();
        Insert.into(connection, UPSERT)
                .column("uuid", deposits.stream().map(Deposit::id).toList())
                .column("text", deposits.stream().map(each -> each.account().value()).toList())
                .column("text", money.stream().map(m -> m.currency().getCurrencyCode()).toList())
                .column("bigint", money.stream().map(Money::minorUnits).toList())
                .column("text", deposits.stream().map(Deposit::reference).toList())
                .column("text", deposits.stream().map(each -> each.state().name()).toList())
                .column("uuid", deposits.stream().map(Deposit::requestedBy).toList())
                .column("uuid", deposits.stream().map(d -> d.decidedBy().orElse(null)).toList())
                .execute();
    }

    @Override
    public Map<UUID, Deposit> load(JdbcClient jdbc) {
        return jdbc.sql(SELECT).query(DepositTable::deposit).list().stream()
                .collect(Collectors.toMap(Deposit::id, each -> each));
    }

    static Deposit deposit(ResultSet row, int unused) throws SQLException {
        return new Deposit(
                row.getObject("id", UUID.class),
                row.getObject("requested_by", UUID.class),
                new AccountId(row.getString("account")),
                Money.of(row.getLong("minor_units"), row.getString("currency")),
                row.getString("reference"),
                Deposit.State.valueOf(row.getString("state")),
                Optional.ofNullable(row.getObject("decided_by", UUID.class)));
    }
}
