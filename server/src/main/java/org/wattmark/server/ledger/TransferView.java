package org.wattmark.server.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wattmark.ledger.TransferPosted;

/// A transfer as the journal has it.
///
/// @param id of the transfer: the item's own, or one that follows from its command's
/// @param amount in the asset's base unit: grams of credits, minor units of money
/// @param hold which it makes, uses or gives back
record TransferView(
        long sequence,
        Instant at,
        UUID id,
        String debit,
        String credit,
        String asset,
        long amount,
        TransferPosted.Role role,
        @Nullable Integer code,
        @Nullable UUID reference,
        @Nullable UUID hold) {

    static final String SELECT =
            """
            select sequence, at, coalesce(transfer, journal.id) as id, debit.id as debit,
                credit.id as credit, asset.code as asset, amount, role, journal.code as code,
                reference, hold
            from journal
            join account as debit on debit.number = journal.debit
            join account as credit on credit.number = journal.credit
            join asset on asset.number = journal.asset
            """;

    static TransferView of(ResultSet row, int index) throws SQLException {
        return new TransferView(
                row.getLong("sequence"),
                row.getTimestamp("at").toInstant(),
                row.getObject("id", UUID.class),
                row.getString("debit"),
                row.getString("credit"),
                row.getString("asset"),
                row.getLong("amount"),
                JournalRow.role(row.getLong("role")),
                row.getObject("code", Integer.class),
                row.getObject("reference", UUID.class),
                row.getObject("hold", UUID.class));
    }

    /// What it adds to the balance of an account.
    long netFor(String account) {
        return credit.equals(account) ? amount : -amount;
    }

    boolean concerns(String account) {
        return isOf(debit, account) || isOf(credit, account);
    }

    private static boolean isOf(String part, String account) {
        return part.equals(account) || part.equals(account + "/reserved");
    }
}
