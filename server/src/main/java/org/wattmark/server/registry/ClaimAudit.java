package org.wattmark.server.registry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.attributes.ClaimId;
import org.wattmark.ledger.Entry;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.registry.ClaimAssessed;
import org.wattmark.server.ledger.RowAudit;
import org.wattmark.verification.CheckFinding;
import org.wattmark.verification.CheckFinding.Check;
import org.wattmark.verification.CheckReport;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// What checks found is what their assessment was journalled with, and every interval is taken by
/// the live claims on it: wholly, or not at all.
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

    @Override
    public void check(List<Entry> page, JdbcClient jdbc, Discrepancies found) {
        for (var entry : page) {
            if (entry.fact() instanceof ClaimAssessed assessed
                    && !matches(report(jdbc, assessed.claim()), assessed)) {
                found.add(
                        entry.sequence(), "the findings of claim " + assessed.claim() + " differ");
            }
        }
    }

    private static boolean matches(Map<Check, CheckFinding> report, ClaimAssessed assessed) {
        return new CheckReport(List.copyOf(report.values())).sha256().equals(assessed.findings());
    }

    private static Map<Check, CheckFinding> report(JdbcClient jdbc, ClaimId claim) {
        var findings = new LinkedHashMap<Check, CheckFinding>();
        jdbc.sql(
                        """
                        select "check", outcome, inputs, threshold from claim_finding
                        where claim_id = :claim
                        """)
                .param("claim", claim.value())
                .query(row -> {
                    var check = Check.valueOf(row.getString("check"));
                    findings.put(
                            check,
                            new CheckFinding(
                                    check,
                                    JSON.readValue(row.getString("inputs"), INPUTS),
                                    row.getString("threshold"),
                                    Outcome.valueOf(row.getString("outcome"))));
                });
        return findings;
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
    }
}
