package org.wattmark.server.registry;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.registry.Certificate;
import org.wattmark.server.log.PublishedLog;
import org.wattmark.server.log.Publisher;
import org.wattmark.server.problem.Problem;
import org.wattmark.tlog.TlogProof;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;

/// Certificates, for anybody: the retirement's statement joined with its proof.
@RestController
@Tag(name = "Certificates")
class CertificateEndpoints {

    private static final Pattern WAIT = Pattern.compile("([0-9]{1,2})s");
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final String SELECT =
            """
            select retired.sequence, beneficiary, purpose, granular, journal.leaf, journal.salt
            from (
                select id, sequence, beneficiary, purpose, false as granular from retirement
                union all
                select id, sequence, beneficiary, purpose, true from granular_retirement
            ) as retired join journal on journal.sequence = retired.sequence
            where retired.id = :id
            """;

    private final JdbcClient jdbc;
    private final PublishedLog log;
    private final Publisher publisher;

    CertificateEndpoints(JdbcClient jdbc, PublishedLog log, Publisher publisher) {
        this.jdbc = jdbc;
        this.log = log;
        this.publisher = publisher;
    }

    /// Made from records only: a repeat is equal to the byte. Before a checkpoint covers the
    /// retirement it is 202, come again.
    ///
    /// @param wait how long to wait for that checkpoint, such as `2s`; at most 10s
    @GetMapping(
            path = "/api/v1/certificates/{id}",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_PROBLEM_JSON_VALUE})
    ResponseEntity<?> certificate(
            @PathVariable UUID id, @RequestParam(required = false) @Nullable String wait)
            throws Canonical.Malformed {
        var found = jdbc.sql(SELECT).param("id", id).query(Retired::of).optional();
        if (found.isEmpty()) {
            return Problem.of(
                            HttpStatus.NOT_FOUND,
                            "certificate_unknown",
                            "No retirement has the id " + id + ".")
                    .answer();
        }
        var retired = found.get();
        if (retired.salt() == null) {
            return Problem.of(
                            HttpStatus.GONE,
                            "words_erased",
                            "For whom and why this was retired was erased. The page of the"
                                    + " certificate says what the log still proves.")
                    .answer();
        }
        if (wait != null) {
            publisher.awaitCovering(retired.sequence(), patience(wait));
        }
        var proof = log.proof(retired.sequence());
        if (proof.isEmpty()) {
            return ResponseEntity.accepted()
                    .header(HttpHeaders.RETRY_AFTER, "1")
                    .body(new Pending("no checkpoint covers the retirement yet"));
        }
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "inline; filename=\"wattmark-" + id + ".json\"")
                .body(retired.file(retired.salt(), proof.get()));
    }

    private static Duration patience(String wait) {
        var form = WAIT.matcher(wait);
        if (!form.matches() || Integer.parseInt(form.group(1)) > LONGEST_WAIT.toSeconds()) {
            throw Refusals.invalid("?wait", "is a number of seconds such as 2s, at most 10s");
        }
        return Duration.ofSeconds(Integer.parseInt(form.group(1)));
    }

    record Pending(String status) {}

    /// What the records say of a retirement.
    ///
    /// @param granular whether watt-hours of a granular certificate, else credits
    /// @param salt absent where beneficiary and purpose were erased
    private record Retired(
            long sequence,
            String beneficiary,
            String purpose,
            boolean granular,
            Bytes leaf,
            @Nullable Bytes salt) {

        byte[] file(Bytes known, TlogProof proof) throws Canonical.Malformed {
            var certificate = new Certificate(leaf, beneficiary, purpose, known, proof);
            return granular ? GranularFile.write(certificate) : CertificateFile.write(certificate);
        }

        static Retired of(ResultSet row, int unused) throws SQLException {
            var salt = row.getBytes("salt");
            return new Retired(
                    row.getLong("sequence"),
                    row.getString("beneficiary"),
                    row.getString("purpose"),
                    row.getBoolean("granular"),
                    Bytes.of(row.getBytes("leaf")),
                    salt == null ? null : Bytes.of(salt));
        }
    }
}
