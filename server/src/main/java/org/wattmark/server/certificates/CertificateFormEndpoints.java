package org.wattmark.server.certificates;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.registry.Certificate;
import org.wattmark.registry.ClaimGuard;
import org.wattmark.registry.Serials;
import org.wattmark.server.problem.Problem;

/// A certificate in its other forms, for anybody.
@RestController
@Tag(name = "Certificates")
class CertificateFormEndpoints {

    private static final String CSV = "text/csv";

    /// PDFs of 60 kB that are asked for again soon; to make one takes much longer than to send it.
    private static final int KEPT = 100;

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private final Certificates certificates;
    private final History history;
    private final CredentialIssuer issuer;

    /// By the certificate, which has one PDF. Whoever asks for one that is being made waits for it.
    private final Cache<Certificate, byte[]> pdfs = Caffeine.newBuilder().maximumSize(KEPT).build();

    CertificateFormEndpoints(Certificates certificates, History history, CredentialIssuer issuer) {
        this.certificates = certificates;
        this.history = history;
        this.issuer = issuer;
    }

    /// To print and to keep: PDF/A-3 with the certificate and the credential embedded. A repeat is
    /// equal to the byte.
    @GetMapping(
            path = "/api/v1/certificates/{id}/pdf",
            produces = {MediaType.APPLICATION_PDF_VALUE, MediaType.APPLICATION_PROBLEM_JSON_VALUE})
    ResponseEntity<byte[]> pdf(@PathVariable UUID id) {
        var found = certificates.require(id);
        var certificate = certificates.requireProven(found);
        var pdf =
                pdfs.get(
                        certificate,
                        it ->
                                CertificatePdf.of(
                                        it,
                                        history.origin(found.statement()),
                                        CertificateLinks.page(issuer.base(), id).toString(),
                                        issuer.credential(it)));
        return file(id, MediaType.APPLICATION_PDF, "pdf", pdf);
    }

    /// As a W3C Verifiable Credential, signed by the registry, with the log's proof in it.
    @GetMapping(
            path = "/api/v1/certificates/{id}/credential",
            produces = {IssuerEndpoints.CREDENTIAL, MediaType.APPLICATION_PROBLEM_JSON_VALUE})
    ResponseEntity<byte[]> credential(@PathVariable UUID id) {
        var certificate = certificates.requireProven(certificates.require(id));
        return file(
                id,
                MediaType.parseMediaType(IssuerEndpoints.CREDENTIAL),
                "credential.json",
                issuer.credential(certificate));
    }

    /// The serials, with what an auditor's table needs beside them.
    @GetMapping(
            path = "/api/v1/certificates/{id}/serials",
            produces = {CSV, MediaType.APPLICATION_PROBLEM_JSON_VALUE})
    ResponseEntity<byte[]> serials(@PathVariable UUID id) {
        var found = certificates.require(id);
        var statement = found.statement();
        var cells =
                List.of(
                        Serials.of(statement),
                        statement.region(),
                        statement.project().toString(),
                        String.valueOf(statement.vintage().getValue()),
                        statement.block().toString(),
                        String.valueOf(statement.serials().first()),
                        String.valueOf(statement.serials().last()),
                        String.valueOf(statement.quantity().grams()),
                        statement.unitClass().name(),
                        statement.id().toString(),
                        statement.at().toString(),
                        found.status().standing().name());
        var csv =
                "serials,country,project,vintage,block,first_serial,last_serial,grams,unit_class,"
                        + "retirement,retired_at,status\r\n"
                        + String.join(",", cells)
                        + "\r\n";
        return file(
                id,
                new MediaType(MediaType.parseMediaType(CSV), StandardCharsets.UTF_8),
                "csv",
                csv.getBytes(StandardCharsets.UTF_8));
    }

    private static ResponseEntity<byte[]> file(
            UUID id, MediaType type, String ending, byte[] content) {
        return ResponseEntity.ok()
                .contentType(type)
                .cacheControl(CacheControl.noCache())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.inline()
                                .filename("wattmark-" + id + "." + ending)
                                .build()
                                .toString())
                .body(content);
    }

    /// What may be said with it: where you are, and for what.
    ///
    /// @param country ISO 3166-1 alpha-2 of whoever says it
    @GetMapping("/api/v1/certificates/{id}/wording")
    WordingView wording(
            @PathVariable UUID id,
            @RequestParam String country,
            @RequestParam(defaultValue = "STATEMENT") ClaimGuard.Purpose purpose) {
        var code = country.toUpperCase(Locale.ROOT);
        if (!COUNTRIES.contains(code)) {
            throw Problem.of(
                            HttpStatus.BAD_REQUEST,
                            "invalid_value",
                            "?country is no country of ISO 3166-1 alpha-2.")
                    .at("?country", "is no country of ISO 3166-1 alpha-2, such as GB")
                    .asException();
        }
        var found = certificates.require(id);
        var market = ClaimGuard.Market.of(code);
        var wording = ClaimGuard.of(found.statement(), found.status().standing(), market, purpose);
        return new WordingView(
                id,
                code,
                market,
                purpose,
                wording.supported(),
                wording.sentence(),
                wording.conditions());
    }

    /// @param supported whether the evidence supports a sentence for this
    /// @param sentence the one to say, or why there is none
    record WordingView(
            UUID certificate,
            String country,
            ClaimGuard.Market market,
            ClaimGuard.Purpose purpose,
            boolean supported,
            String sentence,
            List<String> conditions) {}
}
