package org.wattmark.server.organisations;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Entry;
import org.wattmark.server.ledger.RowAudit;

/// The table of changes of access is the journal's entries of them.
public final class AccessAudit implements RowAudit {

    private long changes;

    @Override
    public void check(List<Entry> page, JdbcClient jdbc, Discrepancies found) {
        for (var entry : page) {
            if (entry.fact() instanceof AccessChanged changed) {
                changes++;
                if (!rows(entry.sequence(), jdbc).equals(List.of(Row.of(changed)))) {
                    found.add(entry.sequence(), "its row in the table of access differs");
                }
            }
        }
    }

    /// As the table has it, where the kind may be any text.
    private record Row(
            String kind, UUID organisation, String actor, String subject, String detail) {

        static Row of(AccessChanged changed) {
            return new Row(
                    changed.kind().name(),
                    changed.organisation(),
                    changed.actor(),
                    changed.subject(),
                    changed.detail());
        }
    }

    private static List<Row> rows(long sequence, JdbcClient jdbc) {
        return jdbc.sql(
                        """
                        select kind, organisation_id, actor, subject, detail from access_change
                        where sequence = :sequence
                        """)
                .param("sequence", sequence)
                .query((row, _) ->
                        new Row(
                                row.getString("kind"),
                                row.getObject("organisation_id", UUID.class),
                                row.getString("actor"),
                                row.getString("subject"),
                                row.getString("detail")))
                .list();
    }

    @Override
    public void finish(JdbcClient jdbc, Discrepancies found) {
        long rows = jdbc.sql("select count(*) from access_change").query(Long.class).single();
        if (rows != changes) {
            found.add(-1, rows + " rows of access_change, but " + changes + " in the journal");
        }
    }
}
