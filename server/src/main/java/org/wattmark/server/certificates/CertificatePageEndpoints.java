package org.wattmark.server.certificates;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.server.settings.ServerSettings;

/// The page of a certificate, for anybody.
@RestController
@Tag(name = "Certificates")
class CertificatePageEndpoints {

    private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);

    private final Certificates certificates;
    private final History history;
    private final LiveCheck check;
    private final ServerSettings settings;

    CertificatePageEndpoints(
            Certificates certificates, History history, LiveCheck check, ServerSettings settings) {
        this.certificates = certificates;
        this.history = history;
        this.check = check;
        this.settings = settings;
    }

    /// Who retired what, from what, and whether it stands; the proof is checked for each request.
    @GetMapping(
            path = "/certificates/{id}",
            produces = {MediaType.TEXT_HTML_VALUE, MediaType.APPLICATION_PROBLEM_JSON_VALUE})
    ResponseEntity<byte[]> page(@PathVariable UUID id) {
        var found = certificates.require(id);
        var origin = history.origin(found.statement());
        var verdict = found.proof().isPresent() ? check.check(found) : null;
        var page =
                CertificatePage.of(
                        found,
                        origin,
                        history.of(found, origin),
                        verdict,
                        CertificateLinks.page(settings.baseUrl(), id));
        return ResponseEntity.ok()
                .contentType(HTML)
                .cacheControl(CacheControl.noStore())
                .body(page.getBytes(StandardCharsets.UTF_8));
    }
}
