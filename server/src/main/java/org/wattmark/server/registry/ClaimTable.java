package org.wattmark.server.registry;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.attributes.ClaimId;
import org.wattmark.registry.ClaimBytes;
import org.wattmark.registry.ClaimRecord;
import org.wattmark.registry.ReviewBytes;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.MapTable;
import org.wattmark.units.Canonical;
import org.wattmark.verification.ClaimCase;
import org.wattmark.verification.ClaimState;
import org.wattmark.verification.Review;
import org.wattmark.verification.VerificationStatement;
import org.wattmark.verification.VerifiedBy;

/// Claims where they stand.
final class ClaimTable implements MapTable<ClaimId, ClaimRecord> {

    static final String SELECT =
            "select content, state, verified_by, statement, review from claim ";

    private static final String UPSERT =
            """
            insert into claim (id, project_id, proponent_id, state, content, verified_by,
                statement, review, reviewer_id)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do update set
                state = excluded.state,
                verified_by = excluded.verified_by,
                statement = excluded.statement,
                review = excluded.review,
                reviewer_id = excluded.reviewer_id
            """;

    @Override
    public String map() {
        return "claim";
    }

    @Override
    public void write(Connection connection, List<Row<ClaimId, ClaimRecord>> changes)
            throws SQLException {
        var records = changes.stream().map(Row::value).toList();
        var claims = records.stream().map(each -> each.claimCase().claim()).toList();
        Insert.into(connection, UPSERT)
                .column("uuid", claims.stream().map(each -> each.id().value()).toList())
                .column("uuid", claims.stream().map(each -> each.project()).toList())
                .column("uuid", claims.stream().map(each -> each.proponent().id()).toList())
                .column("text", records.stream().map(r -> r.claimCase().state().name()).toList())
                .column("bytea", claims.stream().map(ClaimBytes::write).toList())
                .column("text", records.stream().map(ClaimTable::verifiedBy).toList())
                .column("bytea", records.stream().map(ClaimTable::statement).toList())
                .column("bytea", records.stream().map(ClaimTable::review).toList())
                .column("uuid", records.stream().map(ClaimTable::reviewer).toList())
                .execute();
    }

    private static @Nullable String verifiedBy(ClaimRecord record) {
        return record.claimCase().verifiedBy().map(ClaimTable::text).orElse(null);
    }

    private static byte @Nullable [] statement(ClaimRecord record) {
        return record.statement().map(VerificationStatement::canonicalBytes).orElse(null);
    }

    private static byte[] review(ClaimRecord record) {
        return ReviewBytes.write(record.claimCase().review(), record.attachments());
    }

    private static @Nullable UUID reviewer(ClaimRecord record) {
        return record.claimCase().review().reviewer().map(Review.Reviewer::person).orElse(null);
    }

    static String text(VerifiedBy by) {
        return switch (by) {
            case VerifiedBy.Verifier(var organisation) -> "verifier:" + organisation;
            case VerifiedBy.Machine(var policy, var version) -> "machine:" + policy + "/" + version;
        };
    }

    private static VerifiedBy parse(String text) {
        if (text.startsWith("verifier:")) {
            return new VerifiedBy.Verifier(UUID.fromString(text.substring("verifier:".length())));
        }
        int slash = text.lastIndexOf('/');
        return new VerifiedBy.Machine(
                text.substring("machine:".length(), slash),
                Integer.parseInt(text.substring(slash + 1)));
    }

    @Override
    public Map<ClaimId, ClaimRecord> load(JdbcClient jdbc) {
        return jdbc.sql(SELECT).query(ClaimTable::record).list().stream()
                .collect(Collectors.toMap(each -> each.claimCase().claim().id(), each -> each));
    }

    static ClaimRecord record(ResultSet row, int unused) throws SQLException {
        try {
            var by = Optional.ofNullable(row.getString("verified_by")).map(ClaimTable::parse);
            var statement = row.getBytes("statement");
            var reviewed = ReviewBytes.read(row.getBytes("review"));
            return new ClaimRecord(
                    new ClaimCase(
                            ClaimBytes.read(row.getBytes("content")),
                            ClaimState.valueOf(row.getString("state")),
                            by,
                            reviewed.review()),
                    statement == null
                            ? Optional.empty()
                            : Optional.of(VerificationStatement.parse(statement)),
                    reviewed.attachments());
        } catch (Canonical.Malformed e) {
            throw new SQLException("a claim's bytes are damaged: " + e.getMessage(), e);
        }
    }
}
