package org.wattmark.server.granular;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Entry;
import org.wattmark.registry.GranularRetirement;
import org.wattmark.server.ledger.RowAudit;
import org.wattmark.units.Period;
import org.wattmark.units.SerialRange;

/// The table of retired watt-hours is the journal's, and no certificate has more than the metered
/// intervals of its hour that are allocated.
public final class GranularAudit implements RowAudit {

    private static final String MORE_THAN_ALLOCATED =
            """
            select certificate.id, certificate.energy_wh from granular_certificate as certificate
            where energy_wh > (
                select coalesce(sum(allocated_wh), 0) from interval
                where interval.device_id = certificate.device_id and channel = 'GENERATION'
                    and start_at >= hour_start and start_at < hour_start + interval '1 hour')
            order by id limit 10
            """;

    private long retirements;

    private record Row(
            UUID id,
            UUID certificate,
            SerialRange serials,
            AccountId holder,
            Period consumption,
            Instant at,
            String beneficiary,
            String purpose) {

        static Row of(GranularRetirement retired) {
            return new Row(
                    retired.id(),
                    retired.certificate(),
                    retired.serials(),
                    retired.holder(),
                    retired.consumption(),
                    retired.at(),
                    retired.beneficiary(),
                    retired.purpose());
        }

        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    row.getObject("id", UUID.class),
                    row.getObject("certificate_id", UUID.class),
                    new SerialRange(row.getLong("first_serial"), row.getLong("last_serial")),
                    new AccountId(row.getString("holder")),
                    new Period(
                            row.getTimestamp("consumed_from").toInstant(),
                            row.getTimestamp("consumed_until").toInstant()),
                    row.getTimestamp("at").toInstant(),
                    row.getString("beneficiary"),
                    row.getString("purpose"));
        }
    }

    @Override
    public void check(List<Entry> page, JdbcClient jdbc, Discrepancies found) {
        var rows = new HashMap<Long, Row>();
        jdbc.sql("select * from granular_retirement where sequence between :first and :last")
                .param("first", page.getFirst().sequence())
                .param("last", page.getLast().sequence())
                .query(row -> {
                    rows.put(row.getLong("sequence"), Row.of(row));
                });
        for (var entry : page) {
            if (entry.fact() instanceof GranularRetirement retired) {
                retirements++;
                if (!Row.of(retired).equals(rows.get(entry.sequence()))) {
                    found.add(entry.sequence(), "its row in the table of retired hours differs");
                }
            }
        }
    }

    @Override
    public void finish(JdbcClient jdbc, Discrepancies found) {
        RowAudit.requireCount("granular_retirement", retirements, jdbc, found);
        jdbc.sql(MORE_THAN_ALLOCATED)
                .query(row -> {
                    found.add(
                            -1,
                            "certificate %s has %d Wh, more than is allocated of its hour"
                                    .formatted(row.getString("id"), row.getLong("energy_wh")));
                });
    }
}
