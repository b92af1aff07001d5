package org.wattmark.server.certificates;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Entry;
import org.wattmark.registry.Certificate;
import org.wattmark.registry.ClaimGuard;
import org.wattmark.registry.RetirementStatement;
import org.wattmark.server.log.PublishedLog;
import org.wattmark.server.log.Publisher;
import org.wattmark.server.problem.Problem;
import org.wattmark.tlog.TlogProof;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;

/// Retirements with what proves them and whether they still stand, from records only.
final class Certificates {

    /// A page that is asked for at once waits so long for the checkpoint that is being made.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final String SELECT =
            """
            select retirement.sequence, retirement.beneficiary, retirement.purpose, journal.leaf,
                journal.salt, certificate_status.status, certificate_status.since,
                certificate_status.reason, certificate_status.sequence as status_sequence
            from retirement
            join journal on journal.sequence = retirement.sequence
            join certificate_status on certificate_status.retirement_id = retirement.id
            where retirement.id = :id
            """;

    private final JdbcClient jdbc;
    private final PublishedLog log;
    private final Publisher publisher;

    Certificates(JdbcClient jdbc, PublishedLog log, Publisher publisher) {
        this.jdbc = jdbc;
        this.log = log;
        this.publisher = publisher;
    }

    /// One retirement as the records have it now.
    ///
    /// @param salt absent where beneficiary and purpose were erased
    /// @param proof absent until a checkpoint covers it
    record Found(
            RetirementStatement statement,
            Bytes leaf,
            @Nullable Bytes salt,
            Status status,
            Optional<TlogProof> proof) {

        boolean isErased() {
            return salt == null;
        }

        /// The certificate that proves it; empty where the words were erased or no checkpoint
        /// covers it yet.
        Optional<Certificate> certificate() {
            return salt == null
                    ? Optional.empty()
                    : proof.map(it ->
                            new Certificate(
                                    leaf, statement.beneficiary(), statement.purpose(), salt, it));
        }
    }

    /// Whether it still stands.
    ///
    /// @param sequence of the journal's entry that made it so
    record Status(
            ClaimGuard.Standing standing, Instant since, long sequence, @Nullable String reason) {}

    /// @throws org.wattmark.server.problem.ProblemException 404 where there is no such retirement
    Found require(UUID id) {
        return find(id).orElseThrow(() ->
                Problem.of(
                                HttpStatus.NOT_FOUND,
                                "certificate_unknown",
                                "No retirement has the id " + id + ".")
                        .asException());
    }

    /// The certificate itself, for forms of it that cannot be made without a proof or without its
    /// words.
    ///
    /// @throws org.wattmark.server.problem.ProblemException 404, 410 or 503, as `require` says
    Certificate requireProven(Found found) {
        if (found.isErased()) {
            throw Problem.of(
                            HttpStatus.GONE,
                            "words_erased",
                            "For whom and why this was retired was erased. The page of the"
                                    + " certificate says what the log still proves.")
                    .asException();
        }
        return found.certificate()
                .orElseThrow(() ->
                        Problem.of(
                                        HttpStatus.SERVICE_UNAVAILABLE,
                                        "not_covered_yet",
                                        "No checkpoint covers the retirement yet.")
                                .retryAfter(PATIENCE)
                                .asException());
    }

    Optional<Found> find(UUID id) {
        var row = jdbc.sql(SELECT).param("id", id).query(Row::of).optional();
        return row.map(this::found);
    }

    private Found found(Row row) {
        var proof = log.proof(row.sequence());
        if (proof.isEmpty() && publisher.awaitCovering(row.sequence(), PATIENCE)) {
            proof = log.proof(row.sequence());
        }
        return new Found(statement(row), row.leaf(), row.salt(), row.status(), proof);
    }

    private static RetirementStatement statement(Row row) {
        try {
            var published = Entry.Published.of(row.leaf().toByteArray()).content().toByteArray();
            var salt = row.salt();
            return salt == null
                    ? RetirementStatement.ofErased(published)
                    : RetirementStatement.ofPublished(
                            published, row.beneficiary(), row.purpose(), salt.toByteArray());
        } catch (Canonical.Malformed e) {
            throw new IllegalStateException("entry " + row.sequence() + " is damaged", e);
        }
    }

    private record Row(
            long sequence,
            String beneficiary,
            String purpose,
            Bytes leaf,
            @Nullable Bytes salt,
            Status status) {

        static Row of(ResultSet row, int unused) throws SQLException {
            var salt = row.getBytes("salt");
            return new Row(
                    row.getLong("sequence"),
                    row.getString("beneficiary"),
                    row.getString("purpose"),
                    Bytes.of(row.getBytes("leaf")),
                    salt == null ? null : Bytes.of(salt),
                    new Status(
                            ClaimGuard.Standing.valueOf(row.getString("status")),
                            row.getTimestamp("since").toInstant(),
                            row.getLong("status_sequence"),
                            row.getString("reason")));
        }
    }
}
