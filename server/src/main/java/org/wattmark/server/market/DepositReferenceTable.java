package org.wattmark.server.market;

import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.market.Deposit;
import org.wattmark.market.DepositReference;
import org.wattmark.server.ledger.MapTable;

/// The references that are in use. They stand in the deposits themselves, where a unique index of
/// this name keeps each to one.
final class DepositReferenceTable implements MapTable<DepositReference, UUID> {

    @Override
    public String map() {
        return "deposit_reference";
    }

    /// The deposits of the same batch say it all.
    @Override
    public void write(Connection connection, List<Row<DepositReference, UUID>> changes) {}

    @Override
    public Map<DepositReference, UUID> load(JdbcClient jdbc) {
        return jdbc
                .sql(DepositTable.SELECT + " where state <> 'REJECTED'")
                .query(DepositTable::deposit)
                .list()
                .stream()
                .collect(Collectors.toMap(DepositReferenceTable::key, Deposit::id));
    }

    private static DepositReference key(Deposit deposit) {
        return new DepositReference(
                deposit.unitClass(), deposit.money().currency(), deposit.reference());
    }
}
