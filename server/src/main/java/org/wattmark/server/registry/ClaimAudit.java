package org.wattmark.server.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.attributes.ClaimId;
import org.wattmark.ledger.Entry;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.registry.ClaimAssessed;
import org.wattmark.registry.ClaimBytes;
import org.wattmark.server.ledger.RowAudit;
import org.wattmark.units.Canonical;
import org.wattmark.verification.CheckFinding;
import org.wattmark.verification.CheckFinding.Check;
import org.wattmark.verification.CheckReport;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// What checks found is what their assessment was journalled with, and every interval is taken by
/// the live claims on it: wholly, or not at all. What the row of a claim shows beside its content
/// is what the content says.
public final class ClaimAudit implements RowAudit {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<LinkedHashMap<String, String>> INPUTS =
            new TypeReference<>() {};

    private static final String WRONGLY_TAKEN =
            """
            select device_id, channel, start_at, allocated_wh from interval
            where allocated_wh <> case
                when not late and exists (
                    select from allocation
                    where allocation.device_id = interval.device_id
                        and allocation.channel = interval.channel
                        and allocation.during @> interval.start_at
                        and allocation.status <> 'RELEASED')
                then metered_wh + shortfall_wh else 0 end
            order by device_id, channel, start_at limit 10
            """;

    private static final String HALF_OPEN =
            """
            select coalesce(bool_and(lower_inc(during) and not upper_inc(during)), true)
            from allocation
            """;

    private long findings;
    private final Set<ClaimId> claims = new HashSet<>();

    @Override
    public void check(List<Entry> page, JdbcClient jdbc, Discrepancies found) {
        for (var entry : page) {
            if (entry.fact() instanceof ClaimAssessed assessed) {
                var report = report(jdbc, assessed.claim());
                if (claims.add(assessed.claim())) { // what is assessed again is found once
                    findings += report.size();
                }
                if (!matches(report, assessed)) {
                    found.add(
                            entry.sequence(),
                            "the findings of claim " + assessed.claim() + " differ");
                }
            }
        }
    }

    /// The digest is over what the texts mean; they must also be the texts that the server writes.
    private static boolean matches(List<Row> report, ClaimAssessed assessed) {
        var meant = new CheckReport(report.stream().map(Row::finding).toList());
        return meant.sha256().equals(assessed.findings())
                && report.stream().allMatch(Row::isAsWritten);
    }

    private record Row(CheckFinding finding, String inputs) {

        boolean isAsWritten() {
            return inputs.equals(JSON.writeValueAsString(finding.inputs()));
        }
    }

    private static List<Row> report(JdbcClient jdbc, ClaimId claim) {
        return jdbc.sql(
                        """
                        select "check", outcome, inputs::text as inputs, threshold
                        from claim_finding where claim_id = :claim
                        """)
                .param("claim", claim.value())
                .query(ClaimAudit::row)
                .list();
    }

    private static Row row(ResultSet row, int unused) throws SQLException {
        var inputs = row.getString("inputs");
        return new Row(
                new CheckFinding(
                        Check.valueOf(row.getString("check")),
                        JSON.readValue(inputs, INPUTS),
                        row.getString("threshold"),
                        Outcome.valueOf(row.getString("outcome"))),
                inputs);
    }

    @Override
    public void finish(JdbcClient jdbc, Discrepancies found) {
        jdbc.sql(WRONGLY_TAKEN)
                .query(row -> {
                    found.add(
                            -1,
                            "interval %s of %s %s: %d Wh are allocated"
                                            .formatted(
                                                    row.getTimestamp("start_at").toInstant(),
                                                    row.getString("device_id"),
                                                    row.getString("channel"),
                                                    row.getLong("allocated_wh"))
                                    + ", which is not what claims say");
                });
        require(jdbc, HALF_OPEN, "an allocation is not of half-open time", found);
        compareFindings(jdbc, found);
        compareColumns(jdbc, found);
    }

    private static void require(
            JdbcClient jdbc, String sql, String otherwise, Discrepancies found) {
        if (!jdbc.sql(sql).query((row, _) -> row.getBoolean(1)).single()) {
            found.add(-1, otherwise);
        }
    }

    private void compareFindings(JdbcClient jdbc, Discrepancies found) {
        RowAudit.requireCount("claim_finding", findings, jdbc, found);
    }

    /// A claim is loaded from its content; what stands beside that, for queries, must say the same.
    private static void compareColumns(JdbcClient jdbc, Discrepancies found) {
        jdbc.sql("select id, project_id, proponent_id, content from claim")
                .query(row -> {
                    var id = row.getObject("id", UUID.class);
                    if (!agrees(row)) {
                        found.add(-1, "the row of claim " + id + " differs from its content");
                    }
                });
    }

    private static boolean agrees(ResultSet row) throws SQLException {
        try {
            var claim = ClaimBytes.read(row.getBytes("content"));
            return claim.id().value().equals(row.getObject("id", UUID.class))
                    && claim.project().equals(row.getObject("project_id", UUID.class))
                    && claim.proponent().id().equals(row.getObject("proponent_id", UUID.class));
        } catch (Canonical.Malformed e) {
            return false;
        }
    }
}
