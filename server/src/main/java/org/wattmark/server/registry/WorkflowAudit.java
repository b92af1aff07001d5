package org.wattmark.server.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Entry;
import org.wattmark.registry.ClaimStep;
import org.wattmark.registry.ReviewBytes;
import org.wattmark.server.ledger.RowAudit;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;

/// The steps of claims' reviews are the journal's. What the rows of designs, claims and subjects
/// show beside their content is what the content says.
public final class WorkflowAudit implements RowAudit {

    private long steps;

    private record Row(
            UUID id,
            UUID claim,
            String action,
            UUID person,
            UUID organisation,
            UUID about,
            String text,
            Bytes attachments,
            Instant at) {

        static Row of(Entry entry, ClaimStep step) {
            return new Row(
                    step.id(),
                    step.claim().value(),
                    step.action().name(),
                    step.person(),
                    step.organisation(),
                    step.about(),
                    step.text(),
                    Bytes.of(ClaimStepTable.concatenated(step.attachments())),
                    entry.at());
        }

        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    row.getObject("id", UUID.class),
                    row.getObject("claim_id", UUID.class),
                    row.getString("action"),
                    row.getObject("person_id", UUID.class),
                    row.getObject("organisation_id", UUID.class),
                    row.getObject("about", UUID.class),
                    row.getString("text"),
                    Bytes.of(row.getBytes("attachments")),
                    row.getTimestamp("at").toInstant());
        }
    }

    @Override
    public void check(List<Entry> page, JdbcClient jdbc, Discrepancies found) {
        if (page.stream().noneMatch(entry -> entry.fact() instanceof ClaimStep)) {
            return;
        }
        var rows = new HashMap<Long, Row>();
        jdbc.sql("select * from claim_step where sequence between :first and :last")
                .param("first", page.getFirst().sequence())
                .param("last", page.getLast().sequence())
                .query(row -> {
                    rows.put(row.getLong("sequence"), Row.of(row));
                });
        for (var entry : page) {
            if (entry.fact() instanceof ClaimStep step) {
                steps++;
                if (!Row.of(entry, step).equals(rows.get(entry.sequence()))) {
                    found.add(entry.sequence(), "its row in the table of claims' steps differs");
                }
            }
        }
    }

    @Override
    public void finish(JdbcClient jdbc, Discrepancies found) {
        RowAudit.requireCount("claim_step", steps, jdbc, found);
        halfOpen(jdbc, "during", "claim_subject", found);
        halfOpen(jdbc, "crediting", "project_design", found);
        jdbc.sql(
                        """
                        select project_id, number, lower(crediting) as lower,
                            upper(crediting) as upper, content, state, validator_id, opinion
                        from project_design
                        """)
                .query(row -> {
                    if (!agrees(row)) {
                        found.add(
                                -1,
                                "the row of a design of project "
                                        + row.getString("project_id")
                                        + " differs from its content");
                    }
                });
        jdbc.sql("select id, review, reviewer_id from claim")
                .query(row -> {
                    if (!agreesOnReviewer(row)) {
                        found.add(
                                -1,
                                "who has claim "
                                        + row.getString("id")
                                        + " in hand is not who its"
                                        + " review says");
                    }
                });
    }

    private static void halfOpen(
            JdbcClient jdbc, String column, String table, Discrepancies found) {
        boolean all =
                jdbc.sql(
                                """
                                select coalesce(bool_and(lower_inc(%1$s) and not upper_inc(%1$s)),
                                    true) from %2$s
                                """
                                        .formatted(column, table))
                        .query(Boolean.class)
                        .single();
        if (!all) {
            found.add(-1, "a row of " + table + " is not of half-open time");
        }
    }

    private static boolean agrees(ResultSet row) throws SQLException {
        var design = DesignTable.record(row, 0).design();
        return design.project().equals(row.getObject("project_id", UUID.class))
                && design.number() == row.getInt("number")
                && design.crediting().start().equals(row.getTimestamp("lower").toInstant())
                && design.crediting().end().equals(row.getTimestamp("upper").toInstant());
    }

    private static boolean agreesOnReviewer(ResultSet row) throws SQLException {
        try {
            var shown = row.getObject("reviewer_id", UUID.class);
            var reviewer = ReviewBytes.read(row.getBytes("review")).review().reviewer();
            return reviewer.isPresent() ? reviewer.get().person().equals(shown) : shown == null;
        } catch (Canonical.Malformed e) {
            return false;
        }
    }
}
