package org.wattmark.server.registry;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.attributes.AllocationStatus;
import org.wattmark.attributes.ClaimId;
import org.wattmark.attributes.SeriesClaims;
import org.wattmark.attributes.SeriesClaims.Claimed;
import org.wattmark.attributes.Use;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.MapTable;
import org.wattmark.units.Period;
import org.wattmark.verification.Subject;

/// What claims on reported data use up. The exclusion of overlaps is the second to say that nothing
/// is claimed twice.
final class ClaimSubjectTable implements MapTable<Subject, SeriesClaims> {

    private static final String UPSERT =
            """
            insert into claim_subject (claim_id, kind, value, during, status)
            select claim, kind, value, tstzrange(lower, upper, '[)'), status
            from unnest(?, ?, ?, ?, ?, ?) as changed (claim, kind, value, lower, upper, status)
            on conflict (claim_id, kind, value) do update set status = excluded.status
            """;

    private record Changed(Subject subject, Claimed claimed) {}

    @Override
    public String map() {
        return "claim_subject";
    }

    @Override
    public void write(Connection connection, List<Row<Subject, SeriesClaims>> changes)
            throws SQLException {
        var changed = changes.stream().flatMap(row -> changed(row).stream()).toList();
        Insert.into(connection, UPSERT)
                .column("uuid", changed.stream().map(c -> c.claimed().claim().value()).toList())
                .column("text", changed.stream().map(c -> c.subject().kind().name()).toList())
                .column("text", changed.stream().map(c -> c.subject().value()).toList())
                .column(
                        "timestamptz",
                        changed.stream()
                                .map(c -> Timestamp.from(c.claimed().period().start()))
                                .toList())
                .column(
                        "timestamptz",
                        changed.stream()
                                .map(c -> Timestamp.from(c.claimed().period().end()))
                                .toList())
                .column("text", changed.stream().map(c -> c.claimed().status().name()).toList())
                .execute();
    }

    private static List<Changed> changed(Row<Subject, SeriesClaims> row) {
        var before = row.before() == null ? List.<Claimed>of() : row.before().claims();
        return row.value().claims().stream()
                .filter(claimed -> !before.contains(claimed))
                .map(claimed -> new Changed(row.key(), claimed))
                .toList();
    }

    @Override
    public Map<Subject, SeriesClaims> load(JdbcClient jdbc) {
        return jdbc
                .sql(
                        """
                        select claim_id, kind, value, lower(during) as lower,
                            upper(during) as upper, status
                        from claim_subject
                        """)
                .query(ClaimSubjectTable::read)
                .list()
                .stream()
                .collect(
                        Collectors.groupingBy(
                                Changed::subject,
                                Collectors.collectingAndThen(
                                        Collectors.mapping(
                                                Changed::claimed,
                                                Collectors.toCollection(ArrayList::new)),
                                        SeriesClaims::new)));
    }

    private static Changed read(ResultSet row, int unused) throws SQLException {
        return new Changed(
                new Subject(Subject.Kind.valueOf(row.getString("kind")), row.getString("value")),
                new Claimed(
                        new ClaimId(row.getObject("claim_id", UUID.class)),
                        Use.CARBON_CREDIT,
                        new Period(
                                row.getTimestamp("lower").toInstant(),
                                row.getTimestamp("upper").toInstant()),
                        AllocationStatus.valueOf(row.getString("status"))));
    }
}
