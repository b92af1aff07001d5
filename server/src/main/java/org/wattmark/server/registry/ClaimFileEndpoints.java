package org.wattmark.server.registry;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.emissions.GridFactors;
import org.wattmark.metering.Sha256;
import org.wattmark.registry.ClaimAction;
import org.wattmark.registry.ClaimRecord;
import org.wattmark.server.paging.Page;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.units.Energy;
import org.wattmark.verification.Claim;
import org.wattmark.verification.HourlySolarDisplacement;
import org.wattmark.verification.MonitoredData;
import org.wattmark.verification.VerificationStatement;

/// What a claim consists of, for those who judge it and those who compute it again: its steps, its
/// statement with the data, and the documents.
@RestController
@Tag(name = "Review of claims")
class ClaimFileEndpoints {

    private static final int DIGEST = 32;

    private final JdbcClient jdbc;
    private final StoredDocuments evidence;

    ClaimFileEndpoints(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.evidence = new StoredDocuments(jdbc);
    }

    /// Each step of the claim's review, the first one first.
    @GetMapping("/api/v1/claims/{claim}/steps")
    Page<StepView> steps(
            @PathVariable UUID claim,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        new ClaimSight(jdbc).seen(claim, actor);
        var page = Page.Request.of(cursor, limit);
        return page.over(
                jdbc.sql(
                                """
                                select * from claim_step
                                where claim_id = :claim and sequence > :after
                                order by sequence limit :limit
                                """)
                        .param("claim", claim)
                        .param("after", page.afterSequence())
                        .param("limit", page.fetch())
                        .query(ClaimFileEndpoints::step)
                        .list(),
                view -> String.valueOf(view.sequence()));
    }

    private static StepView step(ResultSet row, int unused) throws SQLException {
        var id = row.getObject("id", UUID.class);
        var about = row.getObject("about", UUID.class);
        return new StepView(
                id,
                row.getLong("sequence"),
                ClaimAction.valueOf(row.getString("action")),
                row.getObject("person_id", UUID.class),
                row.getObject("organisation_id", UUID.class),
                about.equals(id) ? null : about,
                row.getString("text"),
                hashes(row.getBytes("attachments")),
                row.getTimestamp("at").toInstant());
    }

    private static List<String> hashes(byte[] concatenated) {
        var hashes = new ArrayList<String>();
        for (int at = 0; at < concatenated.length; at += DIGEST) {
            var digest = Arrays.copyOfRange(concatenated, at, at + DIGEST);
            hashes.add(HexFormat.of().formatHex(digest));
        }
        return hashes;
    }

    /// The statement, or the draft that a verifier would stand for, with the reported data: all
    /// that `wattmark recompute` needs.
    @GetMapping("/api/v1/claims/{claim}/statement")
    ResponseEntity<?> statement(@PathVariable UUID claim, Actor actor) {
        var record = new ClaimSight(jdbc).seen(claim, actor);
        return record.statement()
                .<ResponseEntity<?>>map(statement -> ResponseEntity.ok(file(record, statement)))
                .orElseGet(() ->
                        Problem.of(
                                        HttpStatus.NOT_FOUND,
                                        "not_quantified",
                                        "There is no figure of this claim yet.")
                                .answer());
    }

    private StatementFile file(ClaimRecord record, VerificationStatement statement) {
        return StatementFile.of(record, statement, jdbc);
    }

    /// A document that the claim or a step of its review names, always as a download.
    @GetMapping(
            path = "/api/v1/claims/{claim}/evidence/{sha256}",
            produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<?> evidence(@PathVariable UUID claim, @PathVariable String sha256, Actor actor) {
        var record = new ClaimSight(jdbc).seen(claim, actor);
        var file =
                Optional.of(sha256)
                        .filter(hex -> hex.matches("[0-9a-f]{64}"))
                        .map(Sha256::new)
                        .filter(record::has)
                        .flatMap(hash -> stored(record, hash));
        return file.<ResponseEntity<?>>map(found ->
                        ResponseEntity.ok()
                                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                                .header(HttpHeaders.CONTENT_DISPOSITION, attachment(found.name()))
                                .body(found.content().toByteArray()))
                .orElseGet(() ->
                        Problem.of(
                                        HttpStatus.NOT_FOUND,
                                        "evidence_unknown",
                                        "The claim has no document with this hash.")
                                .answer());
    }

    private static String attachment(String name) {
        return ContentDisposition.attachment()
                .filename(name, StandardCharsets.UTF_8)
                .build()
                .toString();
    }

    /// Whoever attached it has stored it: the proponent, or a verifier with a question.
    private Optional<StoredDocuments.Document> stored(ClaimRecord record, Sha256 hash) {
        var proponent = record.claimCase().claim().proponent().id();
        var verifiers =
                jdbc.sql("select distinct organisation_id from claim_step where claim_id = :claim")
                        .param("claim", record.claimCase().claim().id().value())
                        .query(UUID.class)
                        .list();
        return evidence.find(proponent, hash)
                .or(() ->
                        verifiers.stream()
                                .flatMap(by -> evidence.find(by, hash).stream())
                                .findFirst());
    }

    /// @param about the question that is answered
    record StepView(
            UUID id,
            long sequence,
            ClaimAction action,
            UUID person,
            UUID organisation,
            @Nullable UUID about,
            String text,
            List<String> attachments,
            Instant at) {}

    /// @param sha256 of the statement's canonical bytes: what a verifier names to stand for it
    /// @param statement canonical bytes in base 64
    /// @param data the reported data, canonical, in base 64
    /// @param energy what was metered and not rejected, where nothing was reported
    /// @param hourly the intervals and the table of factors, where it was made by the hour
    /// @param zone of the site
    record StatementFile(
            UUID claim,
            boolean draft,
            String sha256,
            String statement,
            @Nullable String data,
            @Nullable List<Metered> energy,
            @Nullable HourlyFile hourly,
            String zone) {

        record Metered(int vintage, Energy energy) {}

        /// As a claim's rows in the database say it.
        static StatementFile of(
                ClaimRecord record, VerificationStatement statement, JdbcClient jdbc) {
            var claim = record.claimCase().claim();
            var zone =
                    jdbc.sql("select zone from project where id = :id")
                            .param("id", claim.project())
                            .query(String.class)
                            .single();
            var energy =
                    claim.data().isPresent()
                            ? null
                            : new MeteredEnergy(jdbc)
                                            .byVintage(
                                                    claim.series(), claim.monitoringPeriod(), zone)
                                            .stream()
                                            .map(each ->
                                                    new Metered(
                                                            each.vintage().getValue(),
                                                            each.energy()))
                                            .toList();
            return of(record, statement, energy, hourly(claim, statement, jdbc), zone);
        }

        /// Only where the figures were made by the hour.
        private static @Nullable HourlyFile hourly(
                Claim claim, VerificationStatement statement, JdbcClient jdbc) {
            return statement.methodology().equals(HourlySolarDisplacement.ID)
                    ? new HourlyFactorSets(jdbc, GridFactors.shipped())
                            .named(statement.factors().getLast().id())
                            .map(table ->
                                    HourlyFile.of(table, new MeteredEnergy(jdbc).intervals(claim)))
                            .orElse(null)
                    : null;
        }

        private static StatementFile of(
                ClaimRecord record,
                VerificationStatement statement,
                @Nullable List<Metered> energy,
                @Nullable HourlyFile hourly,
                String zone) {
            var base64 = Base64.getEncoder();
            return new StatementFile(
                    statement.claim().value(),
                    !record.claimCase().state().isVerified(),
                    statement.sha256().hex(),
                    base64.encodeToString(statement.canonicalBytes()),
                    record.claimCase()
                            .claim()
                            .data()
                            .map(MonitoredData::content)
                            .map(base64::encodeToString)
                            .orElse(null),
                    energy,
                    hourly,
                    zone);
        }
    }
}
