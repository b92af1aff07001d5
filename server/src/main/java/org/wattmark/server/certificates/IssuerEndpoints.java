package org.wattmark.server.certificates;

import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.server.problem.Problem;

/// What a stranger's program needs to check credentials: the issuer's keys and the status lists.
@RestController
@Tag(name = "Certificates")
class IssuerEndpoints {

    /// W3C Verifiable Credentials Data Model v2.0, section 6.3.
    static final String CREDENTIAL = "application/vc";

    private final CredentialIssuer issuer;

    IssuerEndpoints(CredentialIssuer issuer) {
        this.issuer = issuer;
    }

    /// The keys of the issuer `did:web:<host>`.
    @GetMapping(path = "/.well-known/did.json", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> did() {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.maxAge(StatusList.FRESH).cachePublic())
                .body(issuer.didDocument());
    }

    /// Which of 65,536 journal entries are retirements that were revoked or suspended, signed.
    @GetMapping(
            path = "/api/v1/public/status-lists/{number}",
            produces = {CREDENTIAL, MediaType.APPLICATION_PROBLEM_JSON_VALUE})
    ResponseEntity<?> statusList(@PathVariable long number) {
        var list = issuer.statusList(number);
        if (list.isEmpty()) {
            return Problem.of(
                            HttpStatus.NOT_FOUND,
                            "status_list_unknown",
                            "The journal does not reach as far as list " + number + ".")
                    .answer();
        }
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(CREDENTIAL))
                .cacheControl(CacheControl.maxAge(StatusList.FRESH).cachePublic())
                .body(list.get());
    }
}
