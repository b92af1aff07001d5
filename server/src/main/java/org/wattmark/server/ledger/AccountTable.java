package org.wattmark.server.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;

/// Accounts. None ever goes; what changes is their standing.
final class AccountTable implements MapTable<AccountId, Account> {

    private static final String UPSERT =
            """
            insert into account (number, id, kind, standing) select * from unnest(?, ?, ?, ?)
            on conflict (number) do update set standing = excluded.standing
            where account.id = excluded.id
            """;

    private final Numbers numbers;

    AccountTable(Numbers numbers) {
        this.numbers = numbers;
    }

    @Override
    public String map() {
        return "account";
    }

    @Override
    public void write(Connection connection, List<Row<AccountId, Account>> changes)
            throws SQLException {
        var accounts = changes.stream().map(Row::value).toList();
        Insert.into(connection, UPSERT)
                .column("bigint", accounts.stream().map(Account::number).toList())
                .column("text", accounts.stream().map(each -> each.id().value()).toList())
                .column("text", accounts.stream().map(each -> each.kind().name()).toList())
                .column("text", accounts.stream().map(each -> each.standing().name()).toList())
                .execute();
    }

    @Override
    public Map<AccountId, Account> load(JdbcClient jdbc) {
        var accounts = new HashMap<AccountId, Account>();
        jdbc.sql("select number, id, kind, standing from account")
                .query(row -> {
                    var id = new AccountId(row.getString("id"));
                    long number = row.getLong("number");
                    numbers.learn(id, number);
                    accounts.put(
                            id,
                            new Account(
                                    id,
                                    Account.Kind.valueOf(row.getString("kind")),
                                    Account.Standing.valueOf(row.getString("standing")),
                                    number));
                });
        return accounts;
    }
}
