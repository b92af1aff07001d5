package org.wattmark.server.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;

/// Accounts. One that is open stays open.
final class AccountTable implements MapTable<AccountId, Account> {

    private static final String INSERT =
            "insert into account (id, kind) select * from unnest(?, ?)";

    @Override
    public String map() {
        return "account";
    }

    @Override
    public void write(Connection connection, List<Row<AccountId, Account>> changes)
            throws SQLException {
        var accounts = changes.stream().map(Row::value).toList();
        Insert.into(connection, INSERT)
                .column("text", accounts.stream().map(each -> each.id().value()).toList())
                .column("text", accounts.stream().map(each -> each.kind().name()).toList())
                .execute();
    }

    @Override
    public Map<AccountId, Account> load(JdbcClient jdbc) {
        return jdbc
                .sql("select id, kind from account")
                .query((row, _) ->
                        new Account(
                                new AccountId(row.getString("id")),
                                Account.Kind.valueOf(row.getString("kind"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Account::id, each -> each));
    }
}
