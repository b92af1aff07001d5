package org.wattmark.server.registry;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Entry;
import org.wattmark.registry.RetirementStatement;
import org.wattmark.server.ledger.RowAudit;
import org.wattmark.units.SerialRange;

/// The table of retirements is the journal's retirement statements.
public final class RetirementAudit implements RowAudit {

    private long retirements;

    private record Row(
            UUID id,
            UUID block,
            SerialRange serials,
            AccountId holder,
            Instant at,
            String beneficiary,
            String purpose) {

        static Row of(RetirementStatement statement) {
            return new Row(
                    statement.id(),
                    statement.block(),
                    statement.serials(),
                    statement.holder(),
                    statement.at(),
                    statement.beneficiary(),
                    statement.purpose());
        }
    }

    @Override
    public void check(List<Entry> page, JdbcClient jdbc, Discrepancies found) {
        var rows = new HashMap<Long, Row>();
        jdbc.sql(
                        """
                        select id, sequence, block_id, first_serial, last_serial, holder, at,
                            beneficiary, purpose
                        from retirement where sequence between :first and :last
                        """)
                .param("first", page.getFirst().sequence())
                .param("last", page.getLast().sequence())
                .query(row -> {
                    rows.put(
                            row.getLong("sequence"),
                            new Row(
                                    row.getObject("id", UUID.class),
                                    row.getObject("block_id", UUID.class),
                                    new SerialRange(
                                            row.getLong("first_serial"),
                                            row.getLong("last_serial")),
                                    new AccountId(row.getString("holder")),
                                    row.getTimestamp("at").toInstant(),
                                    row.getString("beneficiary"),
                                    row.getString("purpose")));
                });
        for (var entry : page) {
            if (entry.fact() instanceof RetirementStatement statement) {
                retirements++;
                if (!Row.of(statement).equals(rows.get(entry.sequence()))) {
                    found.add(entry.sequence(), "its row in the table of retirements differs");
                }
            }
        }
    }

    @Override
    public void finish(JdbcClient jdbc, Discrepancies found) {
        RowAudit.requireCount("retirement", retirements, jdbc, found);
    }
}
