package org.wattmark.server.accounts;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.HexFormat;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;

/// Bills, photographs and certificates that stand behind activities. A file is known by the SHA-256
/// of its bytes; the same file again is the same evidence.
@RestController
@Tag(name = "Carbon accounts")
class EvidenceEndpoints {

    private static final int LONGEST_NAME = 200;

    private final Evidence evidence;

    EvidenceEndpoints(Evidence evidence) {
        this.evidence = evidence;
    }

    /// @param bytes how many it has
    record EvidenceView(String sha256, String name, String mediaType, int bytes) {}

    /// Stores a file of up to 10 MB.
    ///
    /// @param name of the file, for people
    @PostMapping(
            path = "/api/v1/account-evidence",
            consumes = {
                MediaType.APPLICATION_PDF_VALUE,
                MediaType.IMAGE_PNG_VALUE,
                MediaType.IMAGE_JPEG_VALUE,
                MediaType.TEXT_PLAIN_VALUE,
                BillFile.CSV,
                BillFile.XLSX,
                GreenButtonBills.XML
            })
    ResponseEntity<?> store(
            Actor actor,
            @RequestParam String name,
            @RequestHeader(HttpHeaders.CONTENT_TYPE) String type,
            @RequestBody byte[] content) {
        if (content.length == 0) {
            throw Faults.invalid("", "the file is empty");
        }
        if (evidence.bytesOf(actor.organisation()) + content.length > Evidence.MOST_BYTES) {
            return Problem.of(
                            HttpStatus.CONFLICT,
                            "evidence_full",
                            "Your organisation keeps at most "
                                    + Evidence.MOST_BYTES
                                    + " bytes of evidence.")
                    .answer();
        }
        var hash = Canonical.sha256(content);
        var media = MediaType.parseMediaType(type);
        var file =
                new Evidence.File(
                        Faults.text("?name", name, LONGEST_NAME),
                        media.getType() + "/" + media.getSubtype(),
                        Bytes.of(content));
        boolean isNew = evidence.store(actor.organisation(), hash, file, actor.id());
        var stored = evidence.find(actor.organisation(), hash).orElseThrow();
        var hex = HexFormat.of().formatHex(hash);
        var view = new EvidenceView(hex, stored.name(), stored.mediaType(), content.length);
        return isNew
                ? ResponseEntity.created(URI.create("/api/v1/account-evidence/" + hex)).body(view)
                : ResponseEntity.ok(view);
    }

    /// The file as it came, always as a download: no browser shows what somebody uploaded.
    @GetMapping(
            path = "/api/v1/account-evidence/{sha256}",
            produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<?> file(Actor actor, @PathVariable String sha256) {
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw Faults.unknown("evidence", sha256);
        }
        var file =
                evidence.find(actor.organisation(), HexFormat.of().parseHex(sha256))
                        .orElseThrow(() -> Faults.unknown("evidence", sha256));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(file.name(), java.nio.charset.StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(file.content().toByteArray());
    }
}
