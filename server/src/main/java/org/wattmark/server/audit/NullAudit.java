package org.wattmark.server.audit;

import java.util.List;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Entry;
import org.wattmark.server.ledger.RowAudit;

/// No value is missing where the schema asks for one. Whoever reads a number or a flag from SQL
/// takes nothing for 0 and for false, so no comparison would tell.
final class NullAudit implements RowAudit {

    /// All tables without a column that may be null, and the one whose server-written rows have no
    /// null. Tables with others are compared as a whole: journal, project, claim, deposit,
    /// imported_holding.
    private static final List<String> TABLES =
            List.of(
                    "account",
                    "allocation",
                    "asset",
                    "balance",
                    "batch",
                    "carried_remainder",
                    "checkpoint",
                    "claim_finding",
                    "command",
                    "credit_block",
                    "device",
                    "device_external_id",
                    "device_progress",
                    "finding",
                    "imported_history",
                    "interval",
                    "leader",
                    "listing",
                    "reading_batch",
                    "retirement",
                    "reward",
                    "reward_correction",
                    "reward_day",
                    "reward_debt",
                    "reward_device",
                    "reward_payout",
                    "reward_programme",
                    "reward_stake",
                    "reward_tariff",
                    "reward_terms",
                    "settlement",
                    "trade");

    /// A row `is not null` in SQL if none of its values is.
    private static final String INCOMPLETE =
            TABLES.stream()
                    .map(table ->
                            "select '%1$s' as name, count(*) as rows from %1$s as each"
                                            .formatted(table)
                                    + " where not (each is not null)")
                    .collect(Collectors.joining(" union all "));

    @Override
    public void check(List<Entry> page, JdbcClient jdbc, Discrepancies found) {}

    @Override
    public void finish(JdbcClient jdbc, Discrepancies found) {
        jdbc.sql("select name, rows from (" + INCOMPLETE + ") as incomplete where rows > 0")
                .query(row -> {
                    found.add(
                            -1,
                            "%d rows of %s lack a value"
                                    .formatted(row.getLong("rows"), row.getString("name")));
                });
    }
}
