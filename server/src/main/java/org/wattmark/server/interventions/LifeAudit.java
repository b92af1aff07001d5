package org.wattmark.server.interventions;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Fact;
import org.wattmark.registry.FeeCharged;
import org.wattmark.registry.RetirementStatement;
import org.wattmark.registry.UnitsCancelled;
import org.wattmark.server.ledger.RowAudit;
import org.wattmark.server.registry.UsedSerials;

/// The tables of cancellations and of fees are the journal's, and so are the serials that
/// retirements and cancellations took.
public final class LifeAudit implements RowAudit {

    private long cancellations;
    private long fees;
    private long serials;

    @Override
    public void check(List<Entry> page, JdbcClient jdbc, Discrepancies found) {
        long first = page.getFirst().sequence();
        long last = page.getLast().sequence();
        Map<Long, Fact> rows = new HashMap<>();
        jdbc.sql(CancellationTable.SELECT + " where sequence between :first and :last")
                .param("first", first)
                .param("last", last)
                .query(row -> {
                    rows.put(row.getLong("sequence"), CancellationTable.read(row));
                });
        jdbc.sql("select * from registry_fee_charged where sequence between :first and :last")
                .param("first", first)
                .param("last", last)
                .query(row -> {
                    rows.put(row.getLong("sequence"), ChargedFeeTable.read(row));
                });
        var used = new LinkedHashMap<UsedSerials, Long>();
        for (var entry : page) {
            switch (entry.fact()) {
                case UnitsCancelled units -> {
                    cancellations++;
                    requireSame(entry, rows.get(entry.sequence()), "cancellations", found);
                    used.put(
                            new UsedSerials(units.id(), units.block(), units.serials()),
                            entry.sequence());
                }
                case RetirementStatement retired ->
                        used.put(
                                new UsedSerials(retired.id(), retired.block(), retired.serials()),
                                entry.sequence());
                case FeeCharged _ -> {
                    fees++;
                    requireSame(entry, rows.get(entry.sequence()), "fees", found);
                }
                default -> {}
            }
        }
        check(used, jdbc, found);
    }

    private static void requireSame(
            Entry entry, @Nullable Fact row, String of, Discrepancies found) {
        if (!Objects.equals(entry.fact(), row)) {
            found.add(entry.sequence(), "its row in the table of " + of + " differs");
        }
    }

    private void check(Map<UsedSerials, Long> used, JdbcClient jdbc, Discrepancies found) {
        serials += used.size();
        var rows = new HashSet<>(UsedSerials.of(used.keySet(), jdbc));
        used.forEach((each, sequence) -> {
            if (!rows.contains(each)) {
                found.add(sequence, "its row in the table of used serials differs");
            }
        });
    }

    @Override
    public void finish(JdbcClient jdbc, Discrepancies found) {
        RowAudit.requireCount("cancellation", cancellations, jdbc, found);
        RowAudit.requireCount("registry_fee_charged", fees, jdbc, found);
        RowAudit.requireCount("used_serials", serials, jdbc, found);
    }
}
