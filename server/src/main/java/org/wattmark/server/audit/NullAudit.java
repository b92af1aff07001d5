package org.wattmark.server.audit;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Entry;
import org.wattmark.server.ledger.RowAudit;

/// No value is missing where the schema asks for one. Whoever reads a number or a flag from SQL
/// takes nothing for 0 and for false, so no comparison would tell.
final class NullAudit implements RowAudit {

    /// All tables without a column that may be null, and the one whose server-written rows have no
    /// null. Tables with others are compared as a whole: journal, project, claim, deposit,
    /// imported_holding, device, sample_progress, register_progress, reading_import.
    private static final List<String> TABLES =
            List.of(
                    "account",
                    "allocation",
                    "asset",
                    "balance",
                    "batch",
                    "block_flag",
                    "cancellation",
                    "carried_remainder",
                    "certified_model",
                    "checkpoint",
                    "claim_correction",
                    "claim_finding",
                    "command",
                    "credit_block",
                    "device_external_id",
                    "device_progress",
                    "finding",
                    "finding_undone",
                    "granular_certificate",
                    "granular_issuance",
                    "granular_retirement",
                    "imported_history",
                    "interval",
                    "interval_undone",
                    "leader",
                    "listing",
                    "maker_provision",
                    "packet",
                    "pool",
                    "pool_division",
                    "pool_member",
                    "pool_share",
                    "pool_step",
                    "reading_batch",
                    "registry_fee",
                    "registry_fee_charged",
                    "retirement",
                    "reversal",
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
                    "trade",
                    "used_serials");

    /// Tables that are compared as a whole, and their numbers and flags that are never missing.
    private static final Map<String, String> PARTS =
            Map.of(
                    "credit_handle",
                    "listing_id, kilogram, block_id, holder, trade_id",
                    "device",
                    "simulated, altitude_metres, watts_peak, interval_seconds,"
                            + " cap_and_trade_covered, receipt",
                    "reading_import",
                    "accepted, findings, energy_wh",
                    "register_progress",
                    "rolls_over_at, most_watts, receipt",
                    "sample_progress",
                    "carried, receipt");

    /// A row `is not null` in SQL if none of its values is.
    private static final String INCOMPLETE =
            Stream.concat(
                            TABLES.stream().map(table -> incomplete(table, "each is not null")),
                            PARTS.entrySet().stream()
                                    .map(each ->
                                            incomplete(
                                                    each.getKey(),
                                                    "num_nulls(" + each.getValue() + ") = 0")))
                    .collect(Collectors.joining(" union all "));

    private static String incomplete(String table, String complete) {
        return "select '%1$s' as name, count(*) as rows from %1$s as each where not (%2$s)"
                .formatted(table, complete);
    }

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
